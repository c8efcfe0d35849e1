// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints boxes, a table for every thousand rows: widths are those of the rows in one table, so that
 * a result of any length can be printed without being held.
 */
final class TablePrinter implements ResultPrinter {
  private static final int ROWS_PER_TABLE = 1000;
  private static final int WIDEST_COLUMN = 120;

  private final PrintWriter out;

  TablePrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public long print(ResultSet rows) throws SQLException {
    ResultSetMetaData shape = rows.getMetaData();
    long count = 0;
    List<String[]> page = new ArrayList<>();
    while (rows.next()) {
      page.add(row(rows, shape.getColumnCount()));
      count++;
      if (page.size() == ROWS_PER_TABLE) {
        printTable(shape, page);
        page.clear();
      }
    }
    if (!page.isEmpty() || (count == 0 && !Placeholder.has(shape))) {
      printTable(shape, page);
    }
    return count;
  }

  private static String[] row(ResultSet rows, int width) throws SQLException {
    String[] row = new String[width];
    for (int i = 0; i < width; i++) {
      String value = CellText.of(rows, i + 1);
      row[i] = value == null ? "NULL" : value;
    }
    return row;
  }

  private void printTable(ResultSetMetaData shape, List<String[]> page) throws SQLException {
    List<ColumnData<String[]>> columns = new ArrayList<>();
    for (int i = 0; i < shape.getColumnCount(); i++) {
      int index = i;
      HorizontalAlign align =
          isNumber(shape.getColumnType(i + 1)) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
      columns.add(
          new Column()
              .header(shape.getColumnLabel(i + 1))
              .headerAlign(HorizontalAlign.LEFT)
              .dataAlign(align)
              .maxWidth(WIDEST_COLUMN, OverflowBehaviour.NEWLINE)
              .with(row -> row[index]));
    }
    out.println(AsciiTable.getTable(page, columns));
    out.flush();
  }

  private static boolean isNumber(int type) {
    return switch (type) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.FLOAT,
          Types.REAL,
          Types.DOUBLE,
          Types.DECIMAL,
          Types.NUMERIC ->
          true;
      default -> false;
    };
  }
}
