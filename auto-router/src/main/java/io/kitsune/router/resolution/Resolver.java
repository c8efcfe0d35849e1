// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.TableName;
import io.kitsune.redirection.Redirections;
import io.kitsune.router.RoutingDecision.Redirected;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import io.kitsune.router.reading.Grammar;
import io.kitsune.router.reading.StatementReader;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * Finds what a statement's names mean in a session, as of one set of redirections. Thread-safe.
 * Errors of the catalogs are passed on: without them it is not known what a name means.
 */
public final class Resolver {
  private final Catalogs catalogs;
  private final StatementReader reader;

  /** A resolver over the catalogs; views are read with the reader, within its limits. */
  public Resolver(Catalogs catalogs, StatementReader reader) {
    this.catalogs = requireNonNull(catalogs, "catalogs");
    this.reader = requireNonNull(reader, "reader");
  }

  /**
   * A statement with its names resolved.
   *
   * @param resolution what the names of a query mean; empty for other statements
   * @param text the user's text with the names of moved tables replaced, for the engine whose own
   *     text it is
   * @param redirected names that have a redirection, with the tables they mean
   * @param named every name in a catalog that the statement and its views hold, as written
   */
  public record Resolved(
      Resolution resolution, String text, List<Redirected> redirected, List<TableName> named) {
    public Resolved {
      requireNonNull(resolution, "resolution");
      requireNonNull(text, "text");
      redirected = List.copyOf(redirected);
      named = List.copyOf(named);
    }
  }

  /**
   * Resolves a statement.
   *
   * @throws io.kitsune.error.KitsuneException {@code REDIRECTION_…} where a redirection forbids it
   */
  public Resolved resolve(Statement statement, SessionState session, Redirections redirections) {
    StatementTables tables = new StatementTables(catalogs, redirections);
    NameScope scope = NameScope.of(session);
    reader
        .procedureCall(statement, Grammar.of(session.configuration()))
        .ifPresent(call -> new ProcedureTables(catalogs, tables).check(call, scope));
    String text = new SparkTextWriter(tables, reader, session).write(statement, scope);
    Resolution resolution =
        statement instanceof Statement.Query query
            ? new TreeResolver(tables, reader, session, zone(session)).resolve(query.tree(), scope)
            : new Resolution(Map.of(), tables.redirected());
    return new Resolved(resolution, text, tables.redirected(), tables.named());
  }

  /**
   * A statement for Flink; in its text names of tables that the shared catalogs have are written in
   * full, moved ones by the table they mean; all others are left for Flink to find.
   */
  public Resolved resolveForFlink(
      Statement statement, SessionState session, Redirections redirections) {
    StatementTables tables = new StatementTables(catalogs, redirections);
    String text = new FlinkTextWriter(tables, reader).write(statement, NameScope.of(session));
    return new Resolved(
        new Resolution(Map.of(), tables.redirected()), text, tables.redirected(), tables.named());
  }

  /** Whether a name is a temporary view of the session or a table that the shared catalogs have. */
  public boolean known(Statement.TableReference reference, SessionState session) {
    StatementTables tables = new StatementTables(catalogs, Redirections.none());
    Meaning meaning = tables.meaning(reference.parts(), NameScope.of(session));
    return meaning instanceof Meaning.Stored stored
        ? tables.exists(stored.written())
        : !(meaning instanceof Meaning.Foreign);
  }

  private static ZoneId zone(SessionState session) {
    try {
      return ZoneId.of(ViewSettings.zone(session), ZoneId.SHORT_IDS);
    } catch (DateTimeException e) {
      // Spark will refuse it; until then only TIMESTAMP AS OF depends on it, and DuckDB has a veto.
      return ZoneId.systemDefault();
    }
  }
}
