// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.catalog.Table;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.View;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import io.kitsune.router.reading.Grammar;
import io.kitsune.router.reading.SparkOperators;
import io.kitsune.router.reading.StatementReader;
import io.kitsune.router.resolution.QueryNames.Occurrence;
import io.kitsune.router.resolution.StatementTables.Loading;
import java.time.ZoneId;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** Finds what every table's name of a tree means, views read and resolved recursively. */
final class TreeResolver {
  /** Spark's own limit is 100 (spark.sql.view.maxNestedViewDepth); stacks here are smaller. */
  private static final int MAXIMUM_DEPTH = 50;

  /** Of all views together: a view named many times in a view is expanded each time. */
  private static final int MAXIMUM_NAMES = 5_000;

  private final StatementTables tables;
  private final StatementReader reader;
  private final Grammar grammar;
  private final SessionState session;
  private final ZoneId zone;
  private final Map<SqlIdentifier, Relation> relations = new IdentityHashMap<>();

  TreeResolver(StatementTables tables, StatementReader reader, SessionState session, ZoneId zone) {
    this.tables = tables;
    this.reader = reader;
    this.session = session;
    this.grammar = Grammar.of(session.configuration());
    this.zone = zone;
  }

  Resolution resolve(SqlNode tree, NameScope scope) {
    resolve(tree, scope, 0);
    return new Resolution(relations, tables.redirected());
  }

  private void resolve(SqlNode tree, NameScope scope, int depth) {
    for (Occurrence occurrence : QueryNames.in(tree)) {
      relations.put(occurrence.name(), relation(occurrence, scope, depth));
    }
  }

  private Relation relation(Occurrence occurrence, NameScope scope, int depth) {
    if (occurrence.ambiguous()) {
      return new Relation.SparkOnly(
          occurrence.name().getSimple(), "A WITH inside another gives this name a second time.");
    }
    if (occurrence.item() != null) {
      return new Relation.CommonTable(occurrence.item());
    }
    if (relations.size() > MAXIMUM_NAMES) {
      return new Relation.SparkOnly(
          "views", "The views name more than " + MAXIMUM_NAMES + " tables when expanded.");
    }
    Meaning meaning = tables.meaning(occurrence.name().names, scope);
    if (meaning instanceof Meaning.Temporary temporary) {
      return temporary.view().body().isEmpty()
          ? new Relation.SparkOnly(
              temporary.name(), "The temporary view is not made by a query: only Spark reads it.")
          : expanded(temporary.name(), temporary.view().body(), scope.of(temporary.view()), depth);
    }
    if (meaning instanceof Meaning.OfTable part) {
      return new Relation.SparkOnly(
          part.table().written() + "." + part.part(), "Metadata tables are read by Spark only.");
    }
    if (meaning instanceof Meaning.Foreign foreign) {
      return new Relation.SparkOnly(foreign.construct(), foreign.reason());
    }
    return stored((Meaning.Stored) meaning, occurrence, depth);
  }

  private Relation stored(Meaning.Stored stored, Occurrence occurrence, int depth) {
    Optional<Version> version = version(occurrence);
    if (version.isEmpty()) {
      return new Relation.SparkOnly(
          "TIMESTAMP AS OF", "The time is an expression or in a form that only Spark reads.");
    }
    TableName name = stored.read();
    Loading loading = tables.load(name, version.get());
    if (loading instanceof Loading.Missing) {
      return missing(stored, name, occurrence.name());
    }
    tables.noteRedirected(stored, name);
    if (loading instanceof Loading.Unreadable unreadable) {
      return new Relation.SparkOnly(name.toString(), unreadable.reason());
    }
    Table table = ((Loading.Found) loading).table();
    return table instanceof View view
        ? view(view, depth)
        : new Relation.Base(table, stored.written());
  }

  /**
   * An error where Spark could not find it either; what looks like a catalog that only Spark has,
   * or like a path, is left to Spark.
   */
  private Relation missing(Meaning.Stored stored, TableName name, SqlIdentifier written) {
    if (!stored.written().equals(name)) {
      throw new KitsuneException(
          "REDIRECTION_TARGET_NOT_FOUND",
          "42P01",
          "%s was moved to %s, which is not there: correct the redirection (bin/kitsune redirect)."
              .formatted(stored.written(), name));
    }
    if (written.isSimple() || tables.hasNamespace(name)) {
      throw new KitsuneException(
          "TABLE_OR_VIEW_NOT_FOUND",
          "42P01",
          "The table or view %s cannot be found (line %d, column %d): verify the spelling, the schema and the catalog."
              .formatted(
                  name,
                  written.getParserPosition().getLineNum(),
                  written.getParserPosition().getColumnNum()));
    }
    return new Relation.SparkOnly(
        name.toString(), "No catalog known to Kitsune has it: Spark may, or will say so.");
  }

  private Optional<Version> version(Occurrence occurrence) {
    if (occurrence.version() == null) {
      return Optional.of(new Version.Current());
    }
    Optional<String> literal = QueryNames.literal(occurrence.version());
    return occurrence.version().getOperator() == SparkOperators.VERSION_AS_OF
        ? literal.map(Versions::versionAsOf)
        : literal.flatMap(text -> Versions.timestampAsOf(text, zone));
  }

  private Relation view(View view, int depth) {
    NameScope scope = new NameScope(view.currentCatalog(), view.currentNamespace(), Map.of());
    Optional<String> setting = ViewSettings.difference(view.configuration(), session);
    if (view.origin() == View.Origin.HIVE) {
      return new Relation.SparkOnly(
          view.name().toString(), "The view was made by Hive, whose dialect only Spark reads.");
    }
    if (setting.isPresent()) {
      return new Relation.SparkOnly(
          view.name().toString(),
          "The view was made under another value of "
              + setting.get()
              + ", which Spark applies to it.");
    }
    return expanded(view.name().toString(), ViewBody.query(view, view.text()), scope, depth);
  }

  private Relation expanded(String name, String text, NameScope scope, int depth) {
    if (depth >= MAXIMUM_DEPTH) {
      return new Relation.SparkOnly(
          name, "Views are nested deeper than " + MAXIMUM_DEPTH + " levels.");
    }
    Statement body;
    try {
      body = reader.read(text, grammar);
    } catch (KitsuneException e) {
      return new Relation.SparkOnly(name, "The view's text cannot be read: " + e.getMessage());
    }
    if (!(body instanceof Statement.Query query)) {
      String construct = body instanceof Statement.Opaque opaque ? opaque.construct() : "no query";
      return new Relation.SparkOnly(name, "The view holds " + construct + ".");
    }
    resolve(query.tree(), scope, depth + 1);
    return new Relation.Expanded(name, text, query.tree(), List.of());
  }
}
