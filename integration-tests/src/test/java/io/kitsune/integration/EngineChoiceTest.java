// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kitsune.router.Engine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The engine that a user asks for: by SET, by the connection, by a hint; and back to automatic. */
@ExtendWith(LiveLake.class)
class EngineChoiceTest {
  private static final String COUNT = "SELECT count(*) FROM tpch.nation";
  private static final String FOR_SPARK =
      "SELECT percentile_approx(n_nationkey, 0.5) FROM tpch.nation";

  private static final long PAGE_BYTES = 4096;

  @Test
  void setHoldsUntilTheSessionGoesBackToAutomatic() throws Exception {
    try (Connection connection = LiveLake.get().connect();
        Statement statement = connection.createStatement()) {
      assertThat(engine(connection, COUNT)).isEqualTo(Engine.DUCKDB);

      statement.execute("SET kitsune.engine=spark");
      assertThat(engine(connection, COUNT)).isEqualTo(Engine.SPARK);
      assertThat(engine(connection, COUNT)).isEqualTo(Engine.SPARK);

      statement.execute("SET kitsune.engine=auto");
      assertThat(engine(connection, COUNT)).isEqualTo(Engine.DUCKDB);

      statement.execute("SET kitsune.engine=spark");
      statement.execute("RESET kitsune.engine");
      assertThat(engine(connection, COUNT)).isEqualTo(Engine.DUCKDB);
    }
  }

  @Test
  void theConnectionChoosesForItsSession() throws Exception {
    try (Connection connection = LiveLake.get().connect("kitsune.engine=spark")) {
      assertThat(engine(connection, COUNT)).isEqualTo(Engine.SPARK);
    }
  }

  @Test
  void aHintIsStrongerThanTheSession() throws Exception {
    try (Connection connection = LiveLake.get().connect("kitsune.engine=duckdb")) {
      assertThat(engine(connection, "SELECT /*+ ENGINE(spark) */ count(*) FROM tpch.nation"))
          .isEqualTo(Engine.SPARK);
      assertThat(engine(connection, COUNT)).isEqualTo(Engine.DUCKDB);
      assertThat(engine(connection, "SELECT /*+ ENGINE(auto) */ count(*) FROM tpch.nation"))
          .isEqualTo(Engine.DUCKDB);
    }
  }

  @Test
  void whatTheChosenEngineCannotDoIsAnErrorAndNoChange() throws Exception {
    try (Connection connection = LiveLake.get().connect("kitsune.engine=duckdb");
        Statement statement = connection.createStatement()) {
      SQLException impossible =
          catchThrowableOfType(SQLException.class, () -> ResultTable.of(connection, FOR_SPARK));
      assertThat(impossible.getSQLState()).isEqualTo("0A000");
      assertThat(impossible.getMessage()).contains("percentile_approx", "kitsune.engine=duckdb");

      SQLException unknown =
          catchThrowableOfType(
              SQLException.class, () -> statement.execute("SET kitsune.engine=presto"));
      assertThat(unknown.getSQLState()).isEqualTo("22023");
    }
  }

  @Test
  void everyEngineIsShown() throws Exception {
    try (Connection connection = LiveLake.get().connect()) {
      engine(connection, COUNT);
      engine(connection, FOR_SPARK);
      List<List<Object>> engines = ResultTable.of(connection, "SHOW ENGINES").rows();
      long spark = residentMegabytes("spark");
      assertThat(engines)
          .anySatisfy(
              row -> {
                assertThat(row.subList(0, 2)).isEqualTo(List.of("duckdb", "ready"));
                assertThat((String) row.get(10)).endsWith(" MB");
              })
          .anySatisfy(
              row -> {
                assertThat(row.subList(0, 2)).isEqualTo(List.of("spark", "ready"));
                assertThat(Long.parseLong(((String) row.get(10)).replace(" MB", "")))
                    .isBetween(spark / 2, spark * 2);
              });
    }
  }

  @Test
  void figuresAreServedToPrometheus() throws Exception {
    try (Connection connection = LiveLake.get().connect()) {
      engine(connection, COUNT);
      engine(connection, FOR_SPARK);
    }
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/metrics"
                .formatted(LiveLake.get().engine().metricsPort().orElseThrow()));

    List<String> lines =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofLines())
            .body()
            .toList();

    assertThat(lines)
        .contains("kitsune_engine_state{engine=\"spark\",state=\"ready\"} 1.0")
        .anyMatch(
            line ->
                line.matches("kitsune_engine_start_seconds_count\\{engine=\"spark\"} [1-9]\\d*"))
        .anyMatch(
            line ->
                line.startsWith(
                    "kitsune_statements_total{engine=\"spark\",outcome=\"finished\",reason=\"none\"} "))
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
        .noneMatch(line -> line.contains("tester"));
  }

  /** Of the process that runs in that folder of the home; of proc(5)'s figures, in pages. */
  private static long residentMegabytes(String folder) throws IOException {
    String path = LiveLake.get().configuration().home().resolve(folder).toString();
    ProcessHandle process =
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().commandLine().orElse("").contains(path))
            .findFirst()
            .orElseThrow();
    String pages = Files.readString(Path.of("/proc", Long.toString(process.pid()), "statm"));
    return Long.parseLong(pages.split(" ", -1)[1]) * PAGE_BYTES >> 20;
  }

  /** Runs a query, and returns the engine that it ran on. */
  private static Engine engine(Connection connection, String query) throws SQLException {
    assertThat(ResultTable.of(connection, query).rows()).hasSize(1);
    return LiveLake.get().lastReport().decision().get(0).chosen().engine();
  }
}
