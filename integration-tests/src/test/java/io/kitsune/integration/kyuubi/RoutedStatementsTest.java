// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.TableName;
import io.kitsune.engine.ProgressListener;
import io.kitsune.gateway.demo.Demo;
import io.kitsune.gateway.demo.DemoPrinter;
import io.kitsune.redirection.Phase;
import io.kitsune.router.reading.TableNames;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kyuubi.jdbc.hive.KyuubiStatement;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine.Help.Ansi;

/** Statements through a stock Kyuubi, by JDBC and REST, against the same ones past it. */
@NeedsKyuubi
@ExtendWith(KyuubiStack.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoutedStatementsTest {

  @Test
  @Order(1)
  void theDemoGoesThroughKyuubi() throws Exception {
    KyuubiStack stack = KyuubiStack.get();
    StringWriter printed = new StringWriter();
    try (Connection client = stack.kyuubi().connect()) {
      Demo demo =
          new Demo(
              client,
              stack.reports(),
              RoutedStatementsTest::redirect,
              new DemoPrinter(new PrintWriter(printed), Ansi.OFF, () -> {}),
              ProgressListener.NONE,
              () -> false);
      demo.prepare(stack.data());
      assertThat(demo.run()).as(printed.toString()).isTrue();
    }
  }

  @Test
  @Order(2)
  void theDemosAnswersAreTheSamePastKyuubiAndByJdbcAndByRest() throws Exception {
    Map<String, List<List<String>>> past = new HashMap<>();
    Map<String, List<List<String>>> jdbc = new HashMap<>();
    Map<String, List<List<String>>> rest = new HashMap<>();
    KyuubiStack stack = KyuubiStack.get();
    try (Connection direct = stack.direct();
        Connection client = stack.kyuubi().connect();
        RestSession session = stack.kyuubi().restSession(Map.of())) {
      for (String query : Demo.queries()) {
        past.put(query, rows(direct, query));
        jdbc.put(query, rows(client, query));
        rest.put(query, session.rows(query));
      }
    }
    assertThat(past)
        .hasSizeGreaterThan(6)
        .allSatisfy((query, rows) -> assertThat(rows).isNotEmpty());
    assertThat(jdbc).isEqualTo(past);
    assertThat(rest).isEqualTo(past);
  }

  @Test
  @Order(3)
  void theOperationLogHasTheDecision() throws Exception {
    try (Connection client = KyuubiStack.get().kyuubi().connect();
        KyuubiStatement statement = (KyuubiStatement) client.createStatement()) {
      statement.execute("SELECT count(*) FROM tpch.lineitem");
      assertThat(statement.getExecLog())
          .anySatisfy(line -> assertThat(line).startsWith("route: duckdb"));
    }
    try (RestSession session = KyuubiStack.get().kyuubi().restSession(Map.of())) {
      RestSession.Operation operation =
          session.begin("SELECT count(*) FROM tpch.lineitem", Map.of());
      assertThat(operation.awaitEnd()).isEqualTo("FINISHED_STATE");
      assertThat(operation.log()).anySatisfy(line -> assertThat(line).startsWith("route: duckdb"));
    }
  }

  @Test
  @Order(4)
  void anEngineIsChosenBySessionAndByStatement() throws Exception {
    try (Connection client = KyuubiStack.get().kyuubi().connect("kitsune.engine=spark");
        KyuubiStatement statement = (KyuubiStatement) client.createStatement()) {
      statement.execute("SELECT count(*) FROM tpch.lineitem");
      assertThat(statement.getExecLog())
          .anySatisfy(line -> assertThat(line).startsWith("route: spark"));
    }
    try (RestSession session = KyuubiStack.get().kyuubi().restSession(Map.of())) {
      RestSession.Operation operation =
          session.begin("SELECT count(*) FROM tpch.lineitem", Map.of("kitsune.engine", "spark"));
      assertThat(operation.awaitEnd()).isEqualTo("FINISHED_STATE");
      assertThat(operation.log()).anySatisfy(line -> assertThat(line).startsWith("route: spark"));
    }
  }

  @Test
  @Order(5)
  void errorsKeepTheirTextAndMetadataItsRows() throws Exception {
    try (Connection client = KyuubiStack.get().kyuubi().connect();
        Statement statement = client.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM tpch.no_such_table"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("no_such_table");
      List<String> tables = new ArrayList<>();
      try (ResultSet found = client.getMetaData().getTables(null, "tpch", "%", null)) {
        while (found.next()) {
          tables.add(found.getString("TABLE_NAME"));
        }
      }
      assertThat(tables).contains("lineitem", "orders");
      assertThat(client.getMetaData().getDatabaseProductName()).isEqualTo("Spark SQL");
    }
  }

  @Test
  @Order(6)
  void aRunningStatementIsCancelledByRest() throws Exception {
    try (RestSession session = KyuubiStack.get().kyuubi().restSession(Map.of())) {
      RestSession.Operation operation =
          session.begin(
              "SELECT count(*) FROM tpch.lineitem a, tpch.lineitem b, tpch.lineitem c"
                  + " WHERE a.l_comment < b.l_comment AND b.l_comment < c.l_comment",
              Map.of());
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> operation.log().stream().anyMatch(line -> line.startsWith("route: ")));
      operation.act("CANCEL");
      assertThat(operation.awaitEnd()).isEqualTo("CANCELED_STATE");
      assertThat(session.rows("SELECT 1")).containsExactly(List.of("1"));
    }
  }

  private static void redirect(String source, String target) {
    KyuubiStack.get()
        .engine()
        .redirections()
        .add(name(source), name(target), Phase.MIGRATED, "tester");
  }

  private static TableName name(String text) {
    List<String> parts = TableNames.parse(text);
    return TableName.of(Catalogs.SESSION_CATALOG, parts.get(0), parts.get(1));
  }

  private static List<List<String>> rows(Connection connection, String query) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
