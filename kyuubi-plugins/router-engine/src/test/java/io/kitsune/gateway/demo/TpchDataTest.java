// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.engine.ProgressListener;
import io.kitsune.error.KitsuneException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TpchDataTest {
  @TempDir private Path folder;

  @Test
  void writesTheRowsThatTheSpecificationCounts() throws Exception {
    new TpchData(0.01).write(folder, ProgressListener.NONE);

    assertThat(answers("SELECT count(*) FROM '%s'", "lineitem")).containsExactly("60175");
    assertThat(answers("SELECT count(*) FROM '%s'", "orders")).containsExactly("15000");
    // The answer to TPC-H's query 6 at this scale, as DuckDB publishes it.
    assertThat(
            answers(
                "SELECT sum(l_extendedprice * l_discount) FROM '%s' WHERE l_shipdate >= '1994-01-01'"
                    + " AND l_shipdate < '1995-01-01' AND l_discount BETWEEN 0.05 AND 0.07"
                    + " AND l_quantity < 24",
                "lineitem"))
        .containsExactly("1193053.2253");
    assertThat(
            answers(
                "SELECT typeof(p_retailprice), typeof(p_size), typeof(p_name) FROM '%s' LIMIT 1",
                "part"))
        .containsExactly("DECIMAL(15,2)", "INTEGER", "VARCHAR");
  }

  @Test
  void keepsATableThatIsAlreadyThere() throws Exception {
    Path file = Files.createDirectories(folder.resolve("nation")).resolve("nation.parquet");
    Files.writeString(file, "kept");

    new TpchData(0.001).write(folder, ProgressListener.NONE);

    assertThat(file).hasContent("kept");
  }

  @Test
  void refusesAScaleThatIsNone() {
    assertThatThrownBy(() -> new TpchData(0))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("not 0.0");
  }

  private List<String> answers(String query, String table) throws Exception {
    Path file = folder.resolve(table).resolve(table + ".parquet");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query.formatted(file))) {
      rows.next();
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(rows.getString(i));
      }
      return row;
    }
  }
}
