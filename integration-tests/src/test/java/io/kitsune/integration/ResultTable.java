// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A result as a client sees it: labels, types and values, with what differs only in the order of
 * floating-point additions made equal.
 *
 * @param columns label, type and precision of each column
 * @param rows values as objects of the driver
 */
record ResultTable(List<String> columns, List<List<Object>> rows) {

  static ResultTable of(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return of(result);
    }
  }

  /** Reads a result to its end. */
  static ResultTable of(ResultSet result) throws SQLException {
    ResultSetMetaData shape = result.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= shape.getColumnCount(); i++) {
      columns.add(
          "%s %s(%d,%d)"
              .formatted(
                  shape.getColumnLabel(i),
                  shape.getColumnTypeName(i),
                  shape.getPrecision(i),
                  shape.getScale(i)));
    }
    List<List<Object>> rows = new ArrayList<>();
    while (result.next()) {
      List<Object> row = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        row.add(comparable(result.getObject(i)));
      }
      rows.add(row);
    }
    return new ResultTable(columns, rows);
  }

  private static Object comparable(Object value) {
    if (value instanceof Double number && Double.isFinite(number)) {
      // Sums of doubles depend on the order of the rows, which no engine promises.
      return BigDecimal.valueOf(number).round(new java.math.MathContext(12)).stripTrailingZeros();
    }
    return value;
  }
}
