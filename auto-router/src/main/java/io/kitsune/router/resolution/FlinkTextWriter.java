// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.catalog.TableName;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Redirection;
import io.kitsune.router.Statement;
import io.kitsune.router.Statement.TableReference;
import io.kitsune.router.Statement.TableReference.Role;
import io.kitsune.router.reading.StatementReader;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The user's own text for Flink, whose current catalog is one of its own: names of tables that the
 * shared catalogs have say in full where they belong, all others stay as they are.
 */
final class FlinkTextWriter {
  private final StatementTables tables;
  private final StatementReader reader;

  FlinkTextWriter(StatementTables tables, StatementReader reader) {
    this.tables = tables;
    this.reader = reader;
  }

  String write(Statement statement, NameScope scope) {
    TextEdits edits = new TextEdits();
    for (TableReference reference : statement.tables()) {
      meant(reference, scope)
          .ifPresent(name -> Replacement.of(reference, name, inFull(name)).addTo(edits));
    }
    // Flink refuses hints that it does not know.
    reader
        .engineHints(statement.text())
        .forEach(hint -> edits.replace(hint.start(), hint.end(), ""));
    return edits.applyTo(statement.text());
  }

  private Optional<TableName> meant(TableReference reference, NameScope scope) {
    if (!(tables.meaning(reference.parts(), scope) instanceof Meaning.Stored stored)) {
      return Optional.empty();
    }
    boolean moved = stored.redirection().isPresent();
    if (!moved && !tables.exists(stored.written())) {
      return Optional.empty();
    }
    boolean written = reference.role() == Role.WRITE || reference.role() == Role.DEFINE;
    TableName meant = written && moved ? target(stored.redirection().get()) : stored.read();
    tables.noteRedirected(stored, meant);
    return Optional.of(meant);
  }

  private static TableName target(Redirection known) {
    return switch (known.phase().writes()) {
      case SOURCE -> known.source();
      case TARGET -> known.target();
      case NEITHER ->
          throw new KitsuneException(
              "REDIRECTION_WRITE_REFUSED",
              "25006",
              "%s is being moved to %s and is %s: writes are refused until the move is done, so that none is lost. Try again then."
                  .formatted(known.source(), known.target(), known.phase().id()));
    };
  }

  /** Quoted always: Flink reserves words that are usual names, {@code default} among them. */
  private static String inFull(TableName name) {
    return Stream.of(Stream.of(name.catalog()), name.namespace().stream(), Stream.of(name.table()))
        .flatMap(parts -> parts)
        .map(ViewBody::quoted)
        .collect(Collectors.joining("."));
  }
}
