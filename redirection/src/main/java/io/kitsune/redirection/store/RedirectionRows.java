// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import io.kitsune.catalog.TableName;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.Redirection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Rows of the store's tables as values. */
final class RedirectionRows {
  private RedirectionRows() {}

  static RedirectionEntry entry(ResultSet row) throws SQLException {
    return new RedirectionEntry(
        new Redirection(
            name(row, "source"),
            name(row, "target"),
            phase(row.getString("phase")),
            instant(row, "changed")),
        row.getLong("version"));
  }

  static RedirectionChange change(ResultSet row) throws SQLException {
    String by = row.getString("changed_by");
    Instant at = instant(row, "changed");
    String kind = row.getString("kind");
    return switch (kind) {
      case "added" ->
          new RedirectionChange.Added(
              name(row, "target"), phase(row.getString("to_phase")), by, at);
      case "moved" ->
          new RedirectionChange.Moved(
              phase(row.getString("from_phase")), phase(row.getString("to_phase")), by, at);
      case "removed" -> new RedirectionChange.Removed(phase(row.getString("from_phase")), by, at);
      default -> throw new SQLException("unknown kind of change: " + kind);
    };
  }

  private static TableName name(ResultSet row, String side) throws SQLException {
    List<String> namespace = new ArrayList<>();
    for (Object level : (Object[]) row.getArray(side + "_namespace").getArray()) {
      namespace.add((String) level);
    }
    return new TableName(
        row.getString(side + "_catalog"), namespace, row.getString(side + "_table"));
  }

  private static Phase phase(String id) throws SQLException {
    return Phase.find(id).orElseThrow(() -> new SQLException("unknown phase: " + id));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
