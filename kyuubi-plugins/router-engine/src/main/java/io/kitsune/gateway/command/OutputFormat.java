// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import java.io.PrintWriter;
import java.util.Locale;

/** How results are printed. */
enum OutputFormat {
  /** A table for people. */
  TABLE {
    @Override
    ResultPrinter printer(PrintWriter out) {
      return new TablePrinter(out);
    }
  },
  /** RFC 4180 with a header line; values are quoted, NULL is an empty field. */
  CSV {
    @Override
    ResultPrinter printer(PrintWriter out) {
      return new CsvPrinter(out);
    }
  },
  /** One JSON object a row and line. */
  JSON {
    @Override
    ResultPrinter printer(PrintWriter out) {
      return new JsonPrinter(out);
    }
  };

  abstract ResultPrinter printer(PrintWriter out);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
