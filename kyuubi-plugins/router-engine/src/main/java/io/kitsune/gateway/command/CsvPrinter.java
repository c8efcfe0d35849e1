// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * Prints comma-separated values, each row as it comes. Every value is quoted and NULL is not, which
 * is how the two stay apart where a text is empty.
 */
final class CsvPrinter implements ResultPrinter {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setRecordSeparator('\n')
          .setQuoteMode(QuoteMode.ALL_NON_NULL)
          .get();

  private final PrintWriter out;

  CsvPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public long print(ResultSet rows) throws SQLException {
    ResultSetMetaData shape = rows.getMetaData();
    Object[] cells = new Object[shape.getColumnCount()];
    boolean headed = false;
    long count = 0;
    try {
      CSVPrinter printer = new CSVPrinter(out, FORMAT);
      if (!Placeholder.has(shape)) {
        printLabels(shape, printer);
        headed = true;
      }
      while (rows.next()) {
        if (!headed) {
          printLabels(shape, printer);
          headed = true;
        }
        for (int i = 0; i < cells.length; i++) {
          cells[i] = CellText.of(rows, i + 1);
        }
        printer.printRecord(cells);
        count++;
      }
      printer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count;
  }

  private static void printLabels(ResultSetMetaData shape, CSVPrinter printer)
      throws SQLException, IOException {
    for (int i = 1; i <= shape.getColumnCount(); i++) {
      printer.print(shape.getColumnLabel(i));
    }
    printer.println();
  }
}
