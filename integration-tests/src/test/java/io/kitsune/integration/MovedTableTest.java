// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.TableName;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.store.RedirectionStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writes to a Hive table's name that means an Iceberg table today, on a real Spark. */
@ExtendWith(LiveLake.class)
class MovedTableTest {
  private Connection connection;

  @BeforeEach
  void moveTable() throws SQLException {
    connection = LiveLake.get().connect();
    run("CREATE DATABASE moved");
    run("CREATE TABLE moved.stock (id INT, n INT) STORED AS PARQUET");
    run("CREATE TABLE moved.stock_now (id INT, n INT) USING iceberg");
    run("CREATE TABLE moved.delivery (id INT, n INT) STORED AS PARQUET");
    run("INSERT INTO moved.stock_now VALUES (1, 10), (2, 20), (3, 30)");
    run("INSERT INTO moved.delivery VALUES (2, 5), (3, -30), (4, 40)");
    try (RedirectionStore store = store()) {
      store.add(
          TableName.of("spark_catalog", "moved", "stock"),
          TableName.of("spark_catalog", "moved", "stock_now"),
          Phase.MIGRATED,
          "test");
    }
  }

  @AfterEach
  void forget() throws SQLException {
    try (RedirectionStore store = store()) {
      TableName source = TableName.of("spark_catalog", "moved", "stock");
      long version = store.find(source).orElseThrow().version();
      long bridged = store.changePhase(source, version, Phase.BRIDGED, "test").version();
      store.remove(source, bridged, "test");
    }
    run("DROP DATABASE moved CASCADE");
    connection.close();
  }

  @Test
  void mergeActsOnTheTableThatTheNameMeans() throws SQLException {
    run(
        """
        MERGE INTO moved.stock AS s USING moved.delivery AS d ON s.id = d.id
        WHEN MATCHED AND s.n + d.n = 0 THEN DELETE
        WHEN MATCHED THEN UPDATE SET n = s.n + d.n
        WHEN NOT MATCHED THEN INSERT *""");

    List<String> expected = List.of("1 10", "2 25", "4 40");
    assertThat(rows("SELECT id, n FROM moved.stock ORDER BY id")).isEqualTo(expected);
    assertThat(rows("SELECT id, n FROM moved.stock_now ORDER BY id")).isEqualTo(expected);
  }

  @Test
  void mergeReadsTheTableThatTheNameMeans() throws SQLException {
    run(
        """
        MERGE INTO moved.stock_now t USING (SELECT moved.stock.id, n * 2 AS n FROM moved.stock) s
        ON t.id = s.id WHEN MATCHED THEN UPDATE SET t.n = s.n""");

    assertThat(rows("SELECT id, n FROM moved.stock ORDER BY id"))
        .containsExactly("1 20", "2 40", "3 60");
  }

  @Test
  void aProcedureDoesNotActOnTheOldTable() throws SQLException {
    assertThatThrownBy(
            () -> run("CALL spark_catalog.system.rewrite_data_files(table => 'moved.stock')"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"))
        .hasMessageContaining("spark_catalog.moved.stock_now");
    run("CALL spark_catalog.system.rewrite_data_files(table => 'moved.stock_now')");
    assertThat(rows("SELECT count(*), sum(n) FROM moved.stock")).containsExactly("3 60");
  }

  private static RedirectionStore store() {
    return RedirectionStore.open(LiveLake.get().configuration().redirectionStore());
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1) + " " + result.getString(2));
      }
    }
    return rows;
  }
}
