// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ExecutionProgress;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.StatementExecution.State;
import io.kitsune.router.Dispatch.SparkStatement;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How far Spark's statements are, and what a cancel leaves of them in Spark. */
@Timeout(400)
final class SparkProgressTest {
  private static final Duration SOON = Duration.ofSeconds(120);

  /** Some minutes of tasks that take a fraction of a second each. */
  private static final String LONG = "SELECT sum(id % 7) FROM range(0, 100000000000, 1, 2000)";

  /** The same with one task, which leaves room for others: Spark runs first what came first. */
  private static final String LONG_TASK = "SELECT sum(id % 7) FROM range(0, 1000000000000, 1, 1)";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private EngineSession session;

  @BeforeEach
  void openSession() {
    session = open("alice");
  }

  @AfterEach
  void closeSession() {
    session.close();
  }

  @Test
  void theProgressOfALongStatementGrows() throws Exception {
    try (StatementExecution execution = session.execute(new SparkStatement(LONG))) {
      await().atMost(SOON).until(() -> fraction(execution) > 0);
      double early = fraction(execution);
      await().atMost(SOON).until(() -> fraction(execution) > early);

      ExecutionProgress progress = execution.progress();
      assertThat(progress.stage()).matches("0 of 1 stages, [1-9]\\d* of 2000 tasks, \\d+ running");
      assertThat(progress.rows().orElse(0)).isGreaterThanOrEqualTo(50_000_000);
      assertThat(progress.bytes()).isEmpty();
    }
  }

  @Test
  void whatAnotherSessionRunsIsNotCounted() throws Exception {
    try (StatementExecution other = session.execute(new SparkStatement(LONG_TASK));
        EngineSession second = open("bob");
        StatementExecution execution =
            second.execute(new SparkStatement("SELECT sum(id) FROM range(0, 12, 1, 3)"))) {
      assertThat(execution.await(SOON)).isEqualTo(State.FINISHED);
      await().atMost(SOON).until(() -> running(other) > 0);

      await().atMost(SOON).until(() -> count(execution).path("rows").asLong() == 12);
      assertThat(count(execution).path("endedStages")).isEqualTo(count(execution).path("stages"));
      assertThat(count(other).path("tasks").asLong()).isOne();
    }
  }

  @Test
  void nothingOfACancelledStatementRunsInSpark() throws Exception {
    try (StatementExecution execution = session.execute(new SparkStatement(LONG))) {
      await().atMost(SOON).until(() -> running(execution) > 0);

      execution.cancel();

      await().atMost(SOON).until(() -> running(execution) == 0);
      assertThat(execution.await(SOON)).isEqualTo(State.CANCELLED);
      assertThat(count(execution).path("finishedTasks").asLong()).isLessThan(2_000);
      assertThat(count(execution).path("endedStages").asLong()).isOne();
    }
  }

  @Test
  void norOfTheTableThatItWasBroadcasting() throws Exception {
    String broadcast =
        """
        SELECT /*+ BROADCAST(b) */ count(*)
        FROM (SELECT id % 10 AS a FROM range(0, 1000, 1, 2) GROUP BY 1)
        JOIN (SELECT id AS b FROM range(0, 100000000000, 1, 2000) WHERE id % 1000000007 = 5) b
          ON a = b
        """;
    try (StatementExecution execution = session.execute(new SparkStatement(broadcast))) {
      await()
          .atMost(SOON)
          .until(() -> running(execution) > 0 && count(execution).path("tasks").asLong() > 2_000);

      execution.cancel();

      await().atMost(SOON).until(() -> running(execution) == 0);
      assertThat(count(execution).path("finishedTasks").asLong()).isLessThan(2_000);
    }
  }

  @Test
  void nobodyElseIsTold() throws Exception {
    ProgressAddress address = address();
    UUID statement = UUID.randomUUID();

    assertThat(status(address, statement)).isEqualTo(404);
    assertThat(status(new ProgressAddress(address.port(), ""), statement)).isEqualTo(403);
    assertThat(status(new ProgressAddress(address.port(), "0".repeat(64)), statement))
        .isEqualTo(403);
    assertThat(address.toString()).doesNotContain(address.secret());
  }

  private static int status(ProgressAddress address, UUID statement) throws Exception {
    return HTTP.send(address.request(statement, SOON), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static double fraction(StatementExecution execution) {
    assertThat(execution.state()).isEqualTo(State.RUNNING);
    return execution.progress().fraction().orElse(0);
  }

  private long running(StatementExecution execution) throws Exception {
    return count(execution).path("runningTasks").asLong();
  }

  /** As Spark tells it; nothing where it has not begun. */
  private JsonNode count(StatementExecution execution) throws IOException, InterruptedException {
    UUID statement = SparkProgress.statement(((SparkExecution) execution).handle());
    HttpResponse<String> answer =
        HTTP.send(address().request(statement, SOON), HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() == 404 ? JSON.createObjectNode() : JSON.readTree(answer.body());
  }

  private ProgressAddress address() {
    return ((SparkSession) session).address().progress().orElseThrow();
  }

  private static EngineSession open(String user) {
    return SharedSpark.launcher()
        .open(new SessionSettings("progress", user, 9, Map.of()), ProgressListener.NONE);
  }
}
