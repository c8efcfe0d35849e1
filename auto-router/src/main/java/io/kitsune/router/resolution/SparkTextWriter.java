// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.View;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.Redirection;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import io.kitsune.router.Statement.TableReference;
import io.kitsune.router.Statement.TableReference.Role;
import io.kitsune.router.reading.Grammar;
import io.kitsune.router.reading.StatementReader;
import io.kitsune.router.resolution.StatementTables.Loading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The user's own text for Spark: only the names that mean another table today are replaced, and
 * views over such tables by their bodies, since Spark would expand them by the names they store.
 */
final class SparkTextWriter {
  /** As deep as {@link TreeResolver} goes. */
  private static final int MAXIMUM_DEPTH = 50;

  /** Of all views together, each counted as often as it is named. */
  private static final int MAXIMUM_VIEWS = 2_000;

  /** A view named many times in views can make a text of any length. */
  private static final int MAXIMUM_LENGTH = 8 << 20;

  private final StatementTables tables;
  private final StatementReader reader;
  private final SessionState session;
  private final Grammar grammar;

  /** Whether rows are read where a name stands, not only its description. */
  private boolean reading;

  private int views;

  SparkTextWriter(StatementTables tables, StatementReader reader, SessionState session) {
    this.tables = tables;
    this.reader = reader;
    this.session = session;
    this.grammar = Grammar.of(session.configuration());
  }

  /** The statement as Spark gets it. */
  String write(Statement statement, NameScope scope) {
    refuseRenaming(statement, scope);
    reading = !(statement instanceof Statement.Ddl) && !(statement instanceof Statement.Command);
    return write(statement, scope, Names.AS_WRITTEN, 0).text();
  }

  /** Whether names that mean themselves are left as they are. */
  private enum Names {
    AS_WRITTEN,
    /** A view's body moves into another text, where its names must say where they belong. */
    IN_FULL
  }

  /** A text and whether anything in it means another table than it says. */
  private record Written(String text, boolean redirected) {}

  private Written write(Statement statement, NameScope scope, Names names, int depth) {
    List<Replacement> replacements = new ArrayList<>();
    boolean redirected = false;
    for (TableReference reference : statement.tables()) {
      Optional<Replacement> replacement = replacement(reference, scope, depth);
      if (replacement.isPresent()) {
        redirected = true;
        replacements.add(replacement.get());
      } else if (names == Names.IN_FULL) {
        inFull(reference, scope).ifPresent(replacements::add);
      }
    }
    if (replacements.isEmpty()) {
      return new Written(statement.text(), false);
    }
    TextEdits edits = new TextEdits();
    replacements.forEach(replacement -> replacement.addTo(edits));
    new ColumnQualifiers(replacements, statement.tables(), reader, grammar)
        .addTo(edits, statement.text());
    String text = edits.applyTo(statement.text());
    if (text.length() > MAXIMUM_LENGTH) {
      throw new KitsuneException(
          "REDIRECTION_TEXT_TOO_LONG",
          "54001",
          "With the bodies of its views written out the statement has %d characters: name the tables themselves."
              .formatted(text.length()));
    }
    return new Written(text, redirected);
  }

  private Optional<Replacement> replacement(TableReference reference, NameScope scope, int depth) {
    Meaning meaning = tables.meaning(reference.parts(), scope);
    if (meaning instanceof Meaning.Stored stored) {
      return switch (reference.role()) {
        case READ, DESCRIBE -> read(reference, stored, depth);
        case VIEW_BODY -> viewBody(reference, stored);
        case WRITE, DEFINE -> written(reference, stored);
      };
    }
    if (meaning instanceof Meaning.OfTable part) {
      return Optional.of(part.table())
          .filter(table -> !table.read().equals(table.written()))
          .map(
              table -> {
                tables.noteRedirected(table, table.read());
                String name = table.read() + "." + ViewBody.quoted(part.part());
                return Replacement.of(reference, table.written(), name);
              });
    }
    return meaning instanceof Meaning.Temporary temporary && reference.role() == Role.READ
        ? temporary(reference, temporary, scope, depth)
        : Optional.empty();
  }

  private Optional<Replacement> read(TableReference reference, Meaning.Stored stored, int depth) {
    TableName name = stored.read();
    if (!name.equals(stored.written())) {
      tables.noteRedirected(stored, name);
      return Optional.of(Replacement.of(reference, stored.written(), name.toString()));
    }
    stored.redirection().ifPresent(known -> tables.noteRedirected(stored, name));
    if (reference.role() == Role.DESCRIBE && !reading) {
      return Optional.empty();
    }
    return tables.load(name, new Version.Current()) instanceof Loading.Found found
            && found.table() instanceof View view
        ? view(reference, view, depth).map(body -> inPlaceOfName(body, view.name().toString()))
        : Optional.empty();
  }

  private static Replacement inPlaceOfName(Replacement body, String view) {
    if (body.reference().role() == Role.READ) {
      return body;
    }
    throw new KitsuneException(
        "REDIRECTION_VIEW_NOT_INLINED",
        "0A000",
        "The view %s reads a table that was moved, and stands where only a name can: write SELECT * FROM %s in place of TABLE %s."
            .formatted(view, view, view));
  }

  /** The body of a view over a redirected table; empty where Spark's own expansion is right. */
  private Optional<Replacement> view(TableReference reference, View view, int depth) {
    NameScope scope = new NameScope(view.currentCatalog(), view.currentNamespace(), Map.of());
    Grammar made = Grammar.of(view.configuration());
    Written body = body(view.name().toString(), view.text(), made, scope, depth);
    if (!body.redirected()) {
      return Optional.empty();
    }
    Optional<String> setting = ViewSettings.difference(view.configuration(), session);
    if (view.origin() == View.Origin.HIVE || setting.isPresent()) {
      throw new KitsuneException(
          "REDIRECTION_VIEW_NOT_INLINED",
          "0A000",
          "The view %s reads a table that was moved, and its text cannot be written into the statement: it was made %s. Make it again in Spark under this session's settings."
              .formatted(
                  view.name(),
                  setting.map(key -> "under another value of " + key).orElse("by Hive")));
    }
    String query = ViewBody.query(view, body.text());
    return Optional.of(Replacement.of(reference, view.name(), "(" + query + "\n)"));
  }

  private Optional<Replacement> temporary(
      TableReference reference, Meaning.Temporary temporary, NameScope scope, int depth) {
    String text = temporary.view().body();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Written body = body(temporary.name(), text, grammar, scope.of(temporary.view()), depth);
    return body.redirected()
        ? Optional.of(Replacement.of(reference, "(" + body.text() + "\n)"))
        : Optional.empty();
  }

  /** The body with its names in full. */
  private Written body(String view, String text, Grammar made, NameScope scope, int depth) {
    if (depth >= MAXIMUM_DEPTH || ++views > MAXIMUM_VIEWS) {
      throw new KitsuneException(
          "REDIRECTION_VIEW_TOO_DEEP",
          "54001",
          "The view %s stands deeper than %d levels of views, or among more than %d: name the tables themselves."
              .formatted(view, MAXIMUM_DEPTH, MAXIMUM_VIEWS));
    }
    Statement body;
    try {
      body = reader.read(text, made);
    } catch (KitsuneException e) {
      // Hive's dialect, or settings of another time. Its tables stay unknown, which Spark's own
      // expansion would read by the names stored: wrong only if one was moved, so say so here.
      throw new KitsuneException(
          "REDIRECTION_VIEW_UNREADABLE",
          "0A000",
          "The text of the view %s cannot be read, so that it is not known whether it reads a table that was moved (%s). Make it again in Spark."
              .formatted(view, e.getMessage()),
          e);
    }
    return write(body, scope, Names.IN_FULL, depth + 1);
  }

  /** A view's body keeps its names, which are followed each time it is read, while they exist. */
  private Optional<Replacement> viewBody(TableReference reference, Meaning.Stored stored) {
    return stored
        .redirection()
        .filter(known -> known.phase() == Phase.DECOMMISSIONED)
        .map(
            known -> {
              tables.noteRedirected(stored, known.target());
              return Replacement.of(reference, stored.written(), known.target().toString());
            });
  }

  private Optional<Replacement> written(TableReference reference, Meaning.Stored stored) {
    if (stored.redirection().isEmpty()) {
      return Optional.empty();
    }
    Redirection known = stored.redirection().get();
    switch (known.phase().writes()) {
      case NEITHER ->
          throw new KitsuneException(
              "REDIRECTION_WRITE_REFUSED",
              "25006",
              "%s is being moved to %s and is %s: writes are refused until the move is done, so that none is lost. Try again then."
                  .formatted(known.source(), known.target(), known.phase().id()));
      case SOURCE -> {
        tables.noteRedirected(stored, stored.written());
        return Optional.empty();
      }
      case TARGET -> {
        tables.noteRedirected(stored, known.target());
        return Optional.of(Replacement.of(reference, stored.written(), known.target().toString()));
      }
    }
    throw new IllegalStateException("not a side: " + known.phase().writes());
  }

  private Optional<Replacement> inFull(TableReference reference, NameScope scope) {
    return tables.meaning(reference.parts(), scope) instanceof Meaning.Stored stored
        ? Optional.of(Replacement.of(reference, stored.written(), stored.written().toString()))
        : Optional.empty();
  }

  /** The name a moved table is renamed to would be one of the other catalog's. */
  private void refuseRenaming(Statement statement, NameScope scope) {
    List<TableReference> named = statement.tables();
    boolean renames =
        statement instanceof Statement.Ddl ddl
            && ddl.construct().startsWith("ALTER")
            && named.size() == 2
            && named.stream().allMatch(reference -> reference.role() == Role.DEFINE);
    if (renames
        && tables.meaning(named.get(0).parts(), scope) instanceof Meaning.Stored stored
        && stored.redirection().isPresent()) {
      throw new KitsuneException(
          "REDIRECTION_RENAME_REFUSED",
          "0A000",
          "%s has a redirection to %s and cannot be renamed: remove the redirection first (bin/kitsune redirect remove)."
              .formatted(stored.written(), stored.redirection().get().target()));
    }
  }
}
