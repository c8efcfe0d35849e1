// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.Veto;
import io.kitsune.router.analysis.Analysis;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.analysis.Source;
import io.kitsune.router.writing.QueryWriter;
import io.kitsune.router.writing.TrinoCatalogNames;
import io.kitsune.router.writing.TrinoTables;
import io.kitsune.router.writing.TrinoText;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Trino's answer to whether a query means the same there: the tables, then the text, refused at the
 * first construct that is on no list. Thread-safe.
 */
public final class TrinoEquivalence implements EngineEquivalence {
  /** Trino refuses longer texts ({@code query.max-length}). */
  private static final int LONGEST_TEXT = 1_000_000;

  private final TrinoExpressions expressions = new TrinoExpressions();
  private final TrinoCatalogNames catalogs;

  /** The allow-lists as they stand in the code, over the catalogs that Trino has. */
  public TrinoEquivalence(TrinoCatalogNames catalogs) {
    this.catalogs = requireNonNull(catalogs, "catalogs");
  }

  @Override
  public Outcome translate(AnalyzedQuery query) {
    List<Veto> vetoes = query.vetoes(Engine.TRINO);
    if (!vetoes.isEmpty()) {
      return new Outcome.Vetoed(vetoes);
    }
    try {
      return new Outcome.Equivalent(write(query.meaning()));
    } catch (Refusal refusal) {
      return new Outcome.Vetoed(List.of(refusal.veto(Engine.TRINO)));
    } catch (StackOverflowError tooDeep) {
      return new Outcome.Vetoed(
          List.of(
              new Refusal("an expression", Place.NONE, "It is nested too deeply for Trino.")
                  .veto(Engine.TRINO)));
    }
  }

  private Dispatch.TrinoQuery write(AnalyzedQuery.Meaning meaning) {
    Analysis analysis = meaning.analysis();
    Map<Source.TableScan, Set<String>> wanted = new IdentityHashMap<>();
    for (Analysis.Scan scan : analysis.scans()) {
      wanted.put(scan.source(), scan.request().columns());
    }
    TrinoTables tables = new TrinoTables(catalogs, meaning.plans(), wanted);
    String text = new QueryWriter(TrinoText.DIALECT, expressions, tables).write(analysis.query());
    if (text.length() > LONGEST_TEXT) {
      throw new Refusal(
          "the statement", Place.NONE, "It becomes too long when it is written exactly.");
    }
    return new Dispatch.TrinoQuery(
        text, QueryWriter.columns(analysis.query()), meaning.timeZone().getId());
  }
}
