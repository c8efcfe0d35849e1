// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.EngineContract;
import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.StatementExecution.State;
import io.kitsune.engine.process.RunningJvm;
import io.kitsune.router.Dispatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlinkContractTest extends EngineContract {
  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

  FlinkContractTest() {
    super(new FlinkContractStatements());
  }

  private static void run(EngineSession session, String statement) throws InterruptedException {
    try (StatementExecution execution = session.execute(flink(statement))) {
      execution.await(SOON);
      assertThat(execution.cursor()).isInstanceOf(ResultCursor.Rows.class);
    }
  }

  protected static String table(String name) {
    return FlinkContractStatements.table(name);
  }

  protected static Dispatch flink(String text) {
    return FlinkContractStatements.flink(text);
  }

  @Override
  protected EngineLauncher launcher() {
    return SharedFlink.launcher();
  }

  @Test
  void aWriteHoldsItsSessionBackUntilACancelEndsItsJob() throws Exception {
    createSink();
    try (StatementExecution write =
        session()
            .execute(flink("INSERT INTO " + table("away") + " SELECT id FROM " + table("drops")))) {
      await().atMost(SOON).until(() -> runs("away"));
      try (StatementExecution behind = session().execute(statements().rows(1))) {
        assertThat(behind.await(Duration.ofMillis(300))).isEqualTo(State.RUNNING);

        write.cancel();

        assertThat(write.state()).isEqualTo(State.CANCELLED);
        assertThat(behind.await(SOON)).isEqualTo(State.FINISHED);
      }
      await().atMost(SOON).until(() -> !runs("away"));
    }
  }

  protected final void createSink() throws InterruptedException {
    run(
        session(),
        "CREATE TABLE IF NOT EXISTS %s (id BIGINT) WITH ('connector' = 'blackhole')"
            .formatted(table("away")));
  }

  /** Jobs by Flink's own list: id, name, status. */
  private static List<List<Object>> jobs() throws Exception {
    try (EngineSession session =
            SharedFlink.launcher().open(settings("side"), ProgressListener.NONE);
        StatementExecution execution = session.execute(flink("SHOW JOBS"))) {
      execution.await(SOON);
      return reader(execution).readAll();
    }
  }

  /** Whether a job runs whose name ends so. */
  protected static boolean runs(String nameEnd) throws Exception {
    return jobs().stream()
        .anyMatch(job -> job.get(2).equals("RUNNING") && ((String) job.get(1)).endsWith(nameEnd));
  }

  @Override
  protected List<List<Object>> listed() throws Exception {
    return jobs().stream().filter(job -> !ENDED.contains(job.get(2))).toList();
  }

  @Override
  protected int many() {
    return 60;
  }

  @Override
  protected Map<String, Long> heldByTheEngine() {
    return RunningJvm.held(SharedFlink.folder(), "org.apache.flink.table.gateway.");
  }

  @Override
  protected String statementName() {
    return "\\(Flink job [0-9a-f]{32}\\)";
  }

  /** In Flink 2.3 a query that is cancelled before its sink is open can take the cluster along. */
  @Test
  void queriesThatAreGivenUpAtOnceHarmNoOther() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (StatementExecution hasty = session().execute(flink("SELECT " + i))) {
        hasty.await(SOON);
        assertThat(hasty.state()).isEqualTo(State.FINISHED);
      }
    }
    run(session(), "SELECT 1");
    try (StatementExecution execution = session().execute(statements().rows(3))) {
      execution.await(SOON);
      ResultCursor.Rows cursor = (ResultCursor.Rows) execution.cursor();
      List<List<Object>> all = new ArrayList<>();
      for (List<List<Object>> some = cursor.next(10); !some.isEmpty(); some = cursor.next(10)) {
        all.addAll(some);
      }
      assertThat(all).hasSize(3);
    }
  }

  @Override
  protected void assertNothingIsLeft() {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(SharedFlink.launcher().openSessions()).isZero());
  }

  @Override
  protected long heldBytes() {
    // A page of Flink's, which has 5,000 rows at most.
    return 0;
  }
}
