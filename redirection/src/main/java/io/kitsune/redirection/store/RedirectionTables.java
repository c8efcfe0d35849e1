// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import static java.util.Comparator.comparing;

import io.kitsune.catalog.TableName;
import io.kitsune.redirection.Redirection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The statements on the store's tables, the same for every database. */
final class RedirectionTables {
  private RedirectionTables() {}

  static long revision(Handle handle) {
    return handle.createQuery("SELECT number FROM kitsune.revision").mapTo(long.class).one();
  }

  /** Waits for the changes before this one, and holds off those after it until the commit. */
  static long nextRevision(Handle handle) {
    requireOne(handle.execute("UPDATE kitsune.revision SET number = number + 1"));
    return revision(handle);
  }

  /** Revision and rows by one statement, which sees one moment. */
  static Snapshot snapshot(Handle handle) {
    return handle
        .createQuery("SELECT * FROM kitsune.revision v LEFT JOIN kitsune.redirection r ON v.single")
        .scanResultSet(
            (rows, context) -> {
              long revision = -1;
              List<RedirectionEntry> entries = new ArrayList<>();
              try (var row = rows.get()) {
                while (row.next()) {
                  revision = row.getLong("number");
                  if (row.getString("source_key") != null) {
                    entries.add(RedirectionRows.entry(row));
                  }
                }
              }
              return new Snapshot(revision, entries);
            });
  }

  /** Sorted here, since databases sort text each in their own way. */
  static List<RedirectionEntry> entries(Handle handle) {
    return handle
        .createQuery("SELECT * FROM kitsune.redirection")
        .map((row, context) -> RedirectionRows.entry(row))
        .stream()
        .sorted(comparing(entry -> NameKey.of(entry.redirection().source()).text()))
        .toList();
  }

  static Optional<RedirectionEntry> entry(Handle handle, NameKey source) {
    return handle
        .createQuery("SELECT * FROM kitsune.redirection WHERE source_key = :source")
        .bind("source", source.text())
        .map((row, context) -> RedirectionRows.entry(row))
        .findOne();
  }

  /** Every redirection that has one of the two names on either side; that of the source first. */
  static List<RedirectionEntry> touching(Handle handle, NameKey source, NameKey target) {
    return handle
        .createQuery(
            """
            SELECT * FROM kitsune.redirection
            WHERE source_key IN (:source, :target) OR target_key IN (:source, :target)
            ORDER BY CASE WHEN source_key = :source THEN 0 ELSE 1 END, source_key
            """)
        .bind("source", source.text())
        .bind("target", target.text())
        .map((row, context) -> RedirectionRows.entry(row))
        .list();
  }

  static List<RedirectionChange> history(Handle handle, NameKey source) {
    return handle
        .createQuery(
            "SELECT * FROM kitsune.redirection_change WHERE source_key = :source ORDER BY revision")
        .bind("source", source.text())
        .map((row, context) -> RedirectionRows.change(row))
        .list();
  }

  static void insert(Handle handle, NameKey source, NameKey target, RedirectionEntry entry) {
    Redirection redirection = entry.redirection();
    var statement =
        handle.createUpdate(
            """
            INSERT INTO kitsune.redirection (
              source_key, source_catalog, source_namespace, source_table,
              target_key, target_catalog, target_namespace, target_table,
              phase, changed, version)
            VALUES (
              :source_key, :source_catalog, :source_namespace, :source_table,
              :target_key, :target_catalog, :target_namespace, :target_table,
              :phase, :changed, :version)
            """);
    statement.bind("source_key", source.text()).bind("target_key", target.text());
    bindName(statement, "source", redirection.source());
    bindName(statement, "target", redirection.target());
    requireOne(
        statement
            .bind("phase", redirection.phase().id())
            .bind("changed", timestamp(redirection.changed()))
            .bind("version", entry.version())
            .execute());
  }

  static void update(Handle handle, NameKey source, long version, RedirectionEntry entry) {
    requireOne(
        handle
            .createUpdate(
                """
                UPDATE kitsune.redirection SET phase = :phase, changed = :changed, version = :next
                WHERE source_key = :source AND version = :version
                """)
            .bind("phase", entry.redirection().phase().id())
            .bind("changed", timestamp(entry.redirection().changed()))
            .bind("next", entry.version())
            .bind("source", source.text())
            .bind("version", version)
            .execute());
  }

  static void delete(Handle handle, NameKey source, long version) {
    requireOne(
        handle
            .createUpdate(
                "DELETE FROM kitsune.redirection WHERE source_key = :source AND version = :version")
            .bind("source", source.text())
            .bind("version", version)
            .execute());
  }

  /** Writes a line of history at the entry's version. */
  static void insertChange(
      Handle handle, NameKey source, RedirectionEntry entry, RedirectionChange change) {
    var statement =
        handle.createUpdate(
            """
            INSERT INTO kitsune.redirection_change (
              revision, source_key, kind, target_catalog, target_namespace, target_table,
              from_phase, to_phase, changed_by, changed)
            VALUES (
              :revision, :source_key, :kind, :target_catalog, :target_namespace, :target_table,
              :from_phase, :to_phase, :changed_by, :changed)
            """);
    bindName(statement, "target", entry.redirection().target());
    statement
        .bind("revision", entry.version())
        .bind("source_key", source.text())
        .bind("changed_by", change.by())
        .bind("changed", timestamp(change.at()));
    if (change instanceof RedirectionChange.Added added) {
      bindKind(statement, "added", null, added.phase().id());
    } else if (change instanceof RedirectionChange.Moved moved) {
      bindKind(statement, "moved", moved.from().id(), moved.to().id());
    } else if (change instanceof RedirectionChange.Removed removed) {
      bindKind(statement, "removed", removed.phase().id(), null);
    }
    requireOne(statement.execute());
  }

  private static void bindKind(SqlStatement<?> statement, String kind, String from, String to) {
    statement.bind("kind", kind).bind("from_phase", from).bind("to_phase", to);
  }

  private static void bindName(SqlStatement<?> statement, String side, TableName name) {
    statement
        .bind(side + "_catalog", name.catalog())
        .bindArray(side + "_namespace", String.class, name.namespace())
        .bind(side + "_table", name.table());
  }

  private static OffsetDateTime timestamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static void requireOne(int rows) {
    if (rows != 1) {
      throw new IllegalStateException("one row should have changed, not " + rows);
    }
  }
}
