// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.Veto;
import io.kitsune.router.analysis.Analysis;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.analysis.Source;
import io.kitsune.router.writing.DuckDbTables;
import io.kitsune.router.writing.DuckDbText;
import io.kitsune.router.writing.QueryWriter;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * DuckDB's answer to whether a query means the same there: the files, then the text, refused at the
 * first construct that is on no list. Thread-safe.
 */
public final class DuckDbEquivalence implements EngineEquivalence {
  /** DuckDB's parser stops at a depth of 1000, and some parentheses are its own. */
  private static final int DEEPEST_NESTING = 400;

  private final DuckDbExpressions expressions = new DuckDbExpressions();

  /** The allow-lists as they stand in the code. */
  public DuckDbEquivalence() {}

  @Override
  public Outcome translate(AnalyzedQuery query) {
    List<Veto> vetoes = query.vetoes(Engine.DUCKDB);
    if (!vetoes.isEmpty()) {
      return new Outcome.Vetoed(vetoes);
    }
    try {
      return new Outcome.Equivalent(write(query.meaning()));
    } catch (Refusal refusal) {
      return new Outcome.Vetoed(List.of(refusal.veto(Engine.DUCKDB)));
    } catch (StackOverflowError tooDeep) {
      return new Outcome.Vetoed(List.of(nestedTooDeeply().veto(Engine.DUCKDB)));
    }
  }

  private Dispatch.DuckDbQuery write(AnalyzedQuery.Meaning meaning) {
    Analysis analysis = meaning.analysis();
    Map<Source.TableScan, Set<String>> wanted = new IdentityHashMap<>();
    for (Analysis.Scan scan : analysis.scans()) {
      wanted.put(scan.source(), scan.request().columns());
    }
    DuckDbTables tables = new DuckDbTables(meaning.plans(), wanted);
    String text = new QueryWriter(DuckDbText.DIALECT, expressions, tables).write(analysis.query());
    if (nesting(text) > DEEPEST_NESTING) {
      throw nestedTooDeeply();
    }
    return new Dispatch.DuckDbQuery(
        text, QueryWriter.columns(analysis.query()), tables.files(), meaning.timeZone().getId());
  }

  private static Refusal nestedTooDeeply() {
    return new Refusal("an expression", Place.NONE, "It is nested too deeply for DuckDB.");
  }

  /** How deep parentheses are nested; those within quotes may count too, which does no harm. */
  private static int nesting(String text) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == ')') {
        depth--;
      }
    }
    return deepest;
  }
}
