// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.CursorReader;
import io.kitsune.engine.ExecutionProgress;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.StatementExecution.State;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.EngineStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DuckDbLimitsTest extends DuckDbTestBase {
  private static final Dispatch.DuckDbQuery SLOW =
      query(
          "SELECT count(*) AS n FROM range(4000000000) a, range(1000) b WHERE a.range % 7 = b.range",
          Set.of(), N);
  private static final Dispatch.DuckDbQuery ONE = query("SELECT 1::BIGINT AS n", Set.of(), N);

  /** Sorts 300 MB. */
  private static final Dispatch.DuckDbQuery HUNGRY =
      query(
          "SELECT range AS n FROM range(3000000) ORDER BY md5(range::VARCHAR) || repeat('x', 80), n",
          Set.of(),
          N);

  @Test
  void memoryAndTemporarySpaceUsedUpIsATypedError() {
    open(settings(64L << 20, 1L << 20, 4, 100));

    KitsuneException failure = failure(HUNGRY);

    assertThat(failure.code()).isEqualTo("ENGINE_TEMPORARY_SPACE_EXHAUSTED");
    assertThat(failure.sqlState()).isEqualTo("53100");
    assertThat(failure.getMessage()).doesNotContain("Possible solutions", "exception_type");
    assertThat(read(ONE)).isEqualTo(List.of(List.of(1L)));
  }

  @Test
  void memoryThatCannotBeSpilledIsATypedError() {
    open(settings(64L << 20, 1L << 30, 4, 100));

    // One list cannot be put on disk in parts.
    KitsuneException failure =
        failure(
            query(
                "SELECT len(list(v ORDER BY v)) AS n FROM (SELECT range || repeat('x', 100) AS v FROM range(3000000))",
                Set.of(),
                N));

    assertThat(failure.code()).isEqualTo("ENGINE_OUT_OF_MEMORY");
    assertThat(failure.sqlState()).isEqualTo("53200");
    assertThat(read(ONE)).isEqualTo(List.of(List.of(1L)));
  }

  @Test
  void aQueryWaitsForItsTurnAndRuns() throws Exception {
    open(settings(256L << 20, 0, 1, 100));

    try (StatementExecution first = session().execute(SLOW);
        StatementExecution second = session().execute(ONE)) {
      assertThat(second.await(Duration.ofMillis(100))).isEqualTo(State.RUNNING);

      first.close();

      assertThat(second.await(SOON)).isEqualTo(State.FINISHED);
    }
  }

  @Test
  void aWaitingQueryCanBeCancelledAndClosed() throws Exception {
    open(settings(256L << 20, 0, 1, 100));

    try (StatementExecution running = session().execute(SLOW);
        StatementExecution cancelled = session().execute(ONE);
        StatementExecution closed = session().execute(ONE)) {
      cancelled.cancel();
      closed.close();

      assertThat(cancelled.await(Duration.ofSeconds(5))).isEqualTo(State.CANCELLED);
      assertThat(closed.state()).isEqualTo(State.CANCELLED);
      assertThat(running.state()).isEqualTo(State.RUNNING);
    }
  }

  @Test
  void tooManyOpenResultsAreRefused() throws Exception {
    open(settings(256L << 20, 0, 2, 2));

    try (StatementExecution first = session().execute(ONE);
        StatementExecution second = session().execute(ONE)) {
      first.await(SOON);
      second.await(SOON);
      assertThatThrownBy(() -> session().execute(ONE))
          .isInstanceOfSatisfying(KitsuneException.class, DuckDbLimitsTest::assertBusy);
    }
    assertThat(read(ONE)).hasSize(1);
  }

  @Test
  void saysHowFarItIs() throws Exception {
    String file = parquet("numbers.parquet", "SELECT range AS n FROM range(200000)");
    Dispatch.DuckDbQuery endless =
        query(
            "SELECT count(*) AS n FROM read_parquet(%s) a, range(10000000) b WHERE a.n * b.range %% 1000003 = 5"
                .formatted(list(file)),
            Set.of(file),
            N);

    try (StatementExecution execution = session().execute(endless)) {
      await().atMost(SOON).until(() -> execution.progress().fraction().isPresent());
      assertThat(execution.progress().rows()).isPresent();

      execution.cancel();
      assertThat(execution.await(SOON)).isEqualTo(State.CANCELLED);
      assertThat(execution.progress()).isEqualTo(ExecutionProgress.UNKNOWN);
    }
  }

  @Test
  void aMissingFileIsATypedError() {
    String gone = folder.resolve("gone.parquet").toString();

    KitsuneException failure =
        failure(query("SELECT n FROM read_parquet(" + list(gone) + ")", Set.of(gone), N));

    assertThat(failure.code()).isEqualTo("ENGINE_FILE_MISSING");
    assertThat(failure.getMessage()).contains(gone).doesNotContain("pending query", "LINE 1");
  }

  @Test
  void aFileThatVanishesBehindASchemaIsATypedError() throws Exception {
    String gone = folder.resolve("gone.parquet").toString();

    KitsuneException failure =
        failure(
            query(
                "SELECT n FROM read_parquet(%s, schema=MAP{'n': {name: 'n', type: 'BIGINT', default_value: NULL}})"
                    .formatted(list(gone)),
                Set.of(gone),
                N));

    assertThat(failure.code()).isEqualTo("ENGINE_FILE_MISSING");
  }

  @Test
  void aCorruptFileIsATypedError() throws Exception {
    Path text = Files.writeString(folder.resolve("text.parquet"), "not Parquet, but long enough");
    Path empty = Files.createFile(folder.resolve("empty.parquet"));
    Path cut = Path.of(parquet("cut.parquet", "SELECT range AS n FROM range(100000)"));
    byte[] bytes = Files.readAllBytes(cut);
    for (int i = 100; i < bytes.length / 2; i++) {
      bytes[i] = (byte) 0xff;
    }
    Files.write(cut, bytes);

    for (Path file : List.of(text, empty, cut)) {
      KitsuneException failure =
          failure(
              query(
                  "SELECT n FROM read_parquet(" + list(file.toString()) + ")",
                  Set.of(file.toString()),
                  N));
      assertThat(failure.code()).as(failure.getMessage()).isEqualTo("ENGINE_FILE_CORRUPT");
      assertThat(failure.sqlState()).isEqualTo("KD001");
    }
  }

  @Test
  void whatDuckDbDoesNotBindIsATypedErrorWithoutItsPrefix() {
    KitsuneException column = failure(query("SELECT nosuch AS n", Set.of(), N));
    KitsuneException function = failure(query("SELECT nosuch(1) AS n", Set.of(), N));

    for (KitsuneException failure : List.of(column, function)) {
      assertThat(failure.code()).isEqualTo("ENGINE_QUERY_REJECTED");
      assertThat(failure.sqlState()).isEqualTo("42000");
      assertThat(failure.getMessage())
          .contains("nosuch")
          .doesNotContain("Attempting to execute", "exception_type");
    }
  }

  @Test
  void eachStatementHasItsOwnTimeZone() {
    assertThat(read(hourOf("America/Los_Angeles"))).isEqualTo(List.of(List.of(4L)));
    assertThat(read(hourOf("UTC"))).isEqualTo(List.of(List.of(12L)));
    assertThat(read(hourOf("+09:00"))).isEqualTo(List.of(List.of(21L)));
    assertThat(read(hourOf("GMT-03:00"))).isEqualTo(List.of(List.of(9L)));
    assertThat(read(hourOf("Z"))).isEqualTo(List.of(List.of(12L)));
    assertThat(read(hourOf("JST"))).isEqualTo(List.of(List.of(21L)));
    for (String unknown : List.of("Nowhere/Land", "+05:30", "UTC' ; --")) {
      KitsuneException failure = failure(hourOf(unknown));
      assertThat(failure.code()).isEqualTo("ENGINE_TIME_ZONE_UNKNOWN");
      assertThat(failure.getMessage()).contains(unknown);
    }
  }

  @Test
  void startsWhenAskedAndStopsForGood() {
    DuckDbLauncher launcher = new DuckDbLauncher(DuckDbSettings.defaults(temporary()));
    assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.COLD);

    launcher.start();
    assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.READY);

    launcher.close();
    launcher.close();
    assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.UNAVAILABLE);
    assertThatThrownBy(launcher::start).isInstanceOf(KitsuneException.class);
    assertThat(temporary()).isEmptyDirectory();
  }

  @Test
  void aTemporaryDirectoryThatCannotBeMadeIsATypedError() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    DuckDbLauncher launcher = new DuckDbLauncher(DuckDbSettings.defaults(file.resolve("below")));

    assertThatThrownBy(launcher::start)
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("ENGINE_UNAVAILABLE"))
        .hasMessageContaining(file.toString());
    assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.UNAVAILABLE);
    launcher.close();
  }

  @Test
  void closingTheLauncherEndsWhatRuns() throws Exception {
    StatementExecution slow = session().execute(SLOW);
    StatementExecution unread =
        session().execute(query("SELECT range AS n FROM range(10000000)", Set.of(), N));
    unread.await(SOON);
    CursorReader reader = CursorReader.of(unread.cursor(), ZoneOffset.UTC);
    assertThat(reader.skip()).isPositive();

    launcher().close();

    assertThat(slow.state()).isEqualTo(State.CANCELLED);
    assertThatThrownBy(reader::skip).isInstanceOf(KitsuneException.class);
    assertThat(session().alive()).isFalse();
  }

  private static Dispatch.DuckDbQuery hourOf(String zone) {
    return new Dispatch.DuckDbQuery(
        "SELECT hour(TIMESTAMPTZ '2024-01-01 12:00:00+00')::BIGINT AS n",
        List.of(Column.of("n", Simple.BIGINT)),
        Set.of(),
        zone);
  }

  private DuckDbSettings settings(long memory, long temporaryBytes, int running, int open) {
    return new DuckDbSettings(
        memory,
        2,
        temporary(),
        temporaryBytes,
        List.of(Path.of("/")),
        running,
        open,
        Duration.ofSeconds(20));
  }

  private static void assertBusy(KitsuneException failure) {
    assertThat(failure.code()).isEqualTo("ENGINE_BUSY");
    assertThat(failure.sqlState()).isEqualTo("53300");
    assertThat(failure.getMessage()).contains("kitsune.duckdb.");
  }
}
