// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.CursorReader;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.StatementExecution.State;
import io.kitsune.engine.metastore.EmbeddedMetastore;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.TestArtifacts;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.EngineStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Continuous writes into an Iceberg table, and a Flink that dies and a gateway that leaves. */
@Timeout(900)
final class FlinkLakeTest {
  private static final Duration SOON = Duration.ofSeconds(240);
  private static final SessionSettings SESSION =
      new SessionSettings("lake", "alice", 9, Map.of("spark.sql.session.timeZone", "UTC"));
  private static final String COUNTS =
      "SELECT count(*), count(DISTINCT id), max(id) FROM spark_catalog.`default`.events";

  @TempDir private Path home;

  @Test
  void aContinuousInsertOutlivesItsSessionFlinkAndTheGateway() throws Exception {
    try (EmbeddedMetastore metastore =
        new EmbeddedMetastore(home, TestArtifacts.shared(), JvmProgram.currentJavaHome())) {
      FlinkCatalogs catalogs =
          listener ->
              Map.of(
                  "spark_catalog",
                  Map.of(
                      "type",
                      "iceberg",
                      "catalog-type",
                      "hive",
                      "uri",
                      metastore.start(listener).toString(),
                      "warehouse",
                      metastore.warehouse().toString()));
      FlinkSettings settings = SharedFlink.settings(home, catalogs, SharedFlink.LIMITS);
      String job;
      try (FlinkLauncher launcher = new FlinkLauncher(settings)) {
        job = insert(launcher);
        grows(launcher, 10);

        String folder = home.resolve("flink").toString();
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().commandLine().orElse("").contains(folder))
            .forEach(ProcessHandle::destroyForcibly);

        grows(launcher, rows(launcher));
        assertThat(jobs(launcher)).containsEntry(job, "RUNNING");
      }
      try (FlinkLauncher launcher = new FlinkLauncher(settings)) {
        launcher.resumeJobs();
        await().atMost(SOON).until(() -> launcher.status().state() == EngineStatus.State.READY);
        await().atMost(SOON).untilAsserted(() -> assertThat(jobs(launcher)).containsKey(job));
        // What it had not committed when it ended comes before its tasks run again, and only what
        // comes after that says that they do: before, Flink refuses a savepoint.
        grows(launcher, rows(launcher));
        grows(launcher, rows(launcher));

        assertThat(read(launcher, "STOP JOB '" + job + "' WITH SAVEPOINT").get(0).get(0))
            .asString()
            .contains("savepoint-" + job.substring(0, 6));

        assertThat(jobs(launcher)).containsEntry(job, "FINISHED");
        assertThat(home.resolve("flink/jobs")).isEmptyDirectory();
        continuousQueriesShowChanges(launcher);
      }
    }
  }

  private static String insert(FlinkLauncher launcher) throws Exception {
    read(
        launcher,
        """
        CREATE TABLE clicks (id BIGINT, url STRING) WITH (
          'connector' = 'datagen', 'rows-per-second' = '20',
          'fields.id.kind' = 'sequence', 'fields.id.start' = '0', 'fields.id.end' = '1000000')
        """);
    read(launcher, "CREATE TABLE spark_catalog.`default`.events (id BIGINT, url STRING)");
    // Of a source that ends, the insert has ended when the statement has.
    read(launcher, "INSERT INTO spark_catalog.`default`.events SELECT -1, 'first'");
    assertThat(read(launcher, COUNTS)).containsExactly(List.of(1L, 1L, -1L));
    return (String)
        read(launcher, "INSERT INTO spark_catalog.`default`.events SELECT id, url FROM clicks")
            .get(0)
            .get(0);
  }

  /** Waits for more rows than that many, none of them twice and none missing. */
  private static void grows(FlinkLauncher launcher, long before) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              List<Object> counts = read(launcher, COUNTS).get(0);
              assertThat((Long) counts.get(0)).isGreaterThan(before);
              assertThat(counts.get(1)).isEqualTo(counts.get(0));
              assertThat(counts.get(2)).isEqualTo((Long) counts.get(0) - 2);
            });
  }

  private static long rows(FlinkLauncher launcher) throws Exception {
    return (Long) read(launcher, COUNTS).get(0).get(0);
  }

  private static Map<Object, Object> jobs(FlinkLauncher launcher) throws Exception {
    Map<Object, Object> states = new HashMap<>();
    read(launcher, "SHOW JOBS").forEach(row -> states.put(row.get(0), row.get(2)));
    return states;
  }

  private static void continuousQueriesShowChanges(FlinkLauncher launcher) throws Exception {
    try (EngineSession session = launcher.open(SESSION, ProgressListener.NONE)) {
      try (StatementExecution appended = session.execute(flink("SELECT id FROM clicks"))) {
        assertThat(appended.await(SOON)).isEqualTo(State.FINISHED);
        CursorReader reader = CursorReader.of(appended.cursor(), ZoneOffset.UTC);
        assertThat(reader.labels()).containsExactly("id");
        assertThat(reader.next().get(0)).containsExactly(0L);
      }
      try (StatementExecution changed =
          session.execute(flink("SELECT count(*) AS n FROM clicks"))) {
        assertThat(changed.await(SOON)).isEqualTo(State.FINISHED);
        CursorReader reader = CursorReader.of(changed.cursor(), ZoneOffset.UTC);
        assertThat(reader.labels()).containsExactly("op", "n");
        assertThat(reader.next())
            .startsWith(List.of("+I", 1L), List.of("-U", 1L), List.of("+U", 2L));
        changed.cancel();
        assertThat(catchThrowableOfType(KitsuneException.class, reader::readAll))
            .extracting("code")
            .isEqualTo("STATEMENT_CANCELLED");
      }
    }
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(jobs(launcher).values()).doesNotContain("RUNNING"));
  }

  private static List<List<Object>> read(FlinkLauncher launcher, String statement)
      throws Exception {
    try (EngineSession session = launcher.open(SESSION, ProgressListener.NONE);
        StatementExecution execution = session.execute(flink(statement))) {
      execution.await(SOON);
      return CursorReader.of(execution.cursor(), ZoneOffset.UTC).readAll();
    }
  }

  private static Dispatch flink(String text) {
    return new Dispatch.FlinkStatement(text, Map.of());
  }
}
