// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import java.sql.SQLException;

/**
 * A write to an Iceberg table of its own, and how to see whether it was applied.
 *
 * @param preparation statements that must have run before
 * @param text the write
 * @param applied a query that yields 1 if it was applied and 0 if not; fails where the table is not
 *     there, which is the same as 0 for what makes it
 */
record LostWrite(String[] preparation, String text, String applied) {
  private static final String ROWS = " SELECT id, id % 7 AS a FROM range(300000)";

  /** One kind after the other. */
  static LostWrite of(int number) {
    String table = "shop.written_" + number;
    String create = "CREATE TABLE " + table + " (id BIGINT, a BIGINT) USING iceberg";
    return switch (number % 3) {
      case 0 ->
          new LostWrite(
              new String[] {create},
              "INSERT INTO " + table + ROWS,
              "SELECT count(*) DIV 300000 FROM " + table);
      case 1 ->
          new LostWrite(
              new String[] {},
              "CREATE TABLE " + table + " USING iceberg AS" + ROWS,
              "SELECT count(*) DIV 300000 FROM " + table);
      default ->
          new LostWrite(
              new String[] {create, "INSERT INTO " + table + " SELECT id, -1 FROM range(1000)"},
              "MERGE INTO "
                  + table
                  + " t USING (SELECT id, id % 7 AS a FROM range(300000)) s ON t.id = s.id"
                  + " WHEN MATCHED THEN UPDATE SET t.a = s.a"
                  + " WHEN NOT MATCHED THEN INSERT (id, a) VALUES (s.id, s.a)",
              "SELECT (count(*) - 1000) DIV 299000 FROM " + table + " WHERE id >= 0");
    };
  }

  /** Whether the table has it. */
  boolean isApplied(KillableLake lake) throws SQLException {
    try {
      return lake.number(applied) == 1;
    } catch (SQLException e) {
      if (e.getMessage().contains("TABLE_OR_VIEW_NOT_FOUND")) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Whether the client was told that it was applied.
   *
   * @param failure what the client got instead of an answer
   */
  static boolean saidApplied(SQLException failure) {
    String message = failure.getMessage();
    if (message.contains("STATEMENT_OUTCOME_UNKNOWN")) {
      // Nobody else writes here: a new snapshot is the statement's.
      return message.contains("a new snapshot");
    } else if (message.contains("STATEMENT_NOT_APPLIED") || message.contains("ENGINE_")) {
      return false;
    }
    throw new AssertionError("it says nothing about the outcome: " + message, failure);
  }
}
