// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class ResultPrinterTest {
  private static final String TWO_ROWS =
      "SELECT * FROM (VALUES (1::INT, 'a,b', 1.50::DECIMAL(10,2), 'x'::BLOB),"
          + " (NULL, '', NULL, NULL)) AS t(i, \"the text\", d, b)";

  @Test
  void printsATable() throws Exception {
    assertThat(print(OutputFormat.TABLE, TWO_ROWS))
        .isEqualTo(
            """
            +------+----------+------+------+
            | i    | the text | d    | b    |
            +------+----------+------+------+
            |    1 | a,b      | 1.50 | 78   |
            +------+----------+------+------+
            | NULL |          | NULL | NULL |
            +------+----------+------+------+
            """);
  }

  @Test
  void printsTheHeaderOfATableWithoutRows() throws Exception {
    assertThat(print(OutputFormat.TABLE, "SELECT 1 AS one WHERE false")).contains("| one |");
  }

  @Test
  void printsNothingForAStatementWithoutAResult() throws Exception {
    for (OutputFormat format : OutputFormat.values()) {
      assertThat(print(format, "SELECT 'x' AS \"Result\" WHERE false")).isEmpty();
    }
    assertThat(print(OutputFormat.CSV, "SELECT 'x' AS \"Result\""))
        .isEqualTo("\"Result\"\n\"x\"\n");
    assertThat(print(OutputFormat.TABLE, "SELECT 'x' AS \"Result\"")).contains("Result", "x");
    assertThat(print(OutputFormat.TABLE, "SELECT 1 AS \"Result\" WHERE false")).contains("Result");
  }

  @Test
  void printsCommaSeparatedValuesInWhichNullIsNotTheEmptyText() throws Exception {
    assertThat(print(OutputFormat.CSV, TWO_ROWS))
        .isEqualTo(
            """
            "i","the text","d","b"
            "1","a,b","1.50","78"
            ,"",,
            """);
  }

  @Test
  void printsAJsonObjectALine() throws Exception {
    assertThat(print(OutputFormat.JSON, TWO_ROWS))
        .isEqualTo(
            """
            {"i":1,"the text":"a,b","d":1.50,"b":"78"}
            {"i":null,"the text":"","d":null,"b":null}
            """);
  }

  @Test
  void printsNumbersThatJsonHasNoFormForAsText() throws Exception {
    assertThat(print(OutputFormat.JSON, "SELECT 'nan'::DOUBLE AS n, 1e300::DOUBLE AS big"))
        .isEqualTo("{\"n\":\"NaN\",\"big\":1.0E300}\n");
  }

  private static String print(OutputFormat format, String query) throws Exception {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      format.printer(out).print(rows);
    }
    out.flush();
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
