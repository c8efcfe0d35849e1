// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.StatementExecution.State;
import io.kitsune.engine.process.RunningJvm;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.EngineStatus;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * What every engine owes its callers. An engine's test extends it with its launcher, its {@link
 * ContractStatements} and a look at the engine's own lists. What an engine in a process of its own
 * owes when that ends is {@link EngineLifeContract}'s. Sessions are opened with time zone UTC and
 * protocol V10.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract {
  /** How long a statement that should be quick may take on a busy machine. */
  protected static final Duration SOON = Duration.ofMinutes(3);

  private static final int SESSIONS = 16;

  private final ContractStatements statements;
  private EngineSession session;
  private boolean prepared;

  /** The contract of an engine whose language that is. */
  protected EngineContract(ContractStatements statements) {
    this.statements = statements;
  }

  /** The launcher under test, the same for the whole class; whoever made it closes it. */
  protected abstract EngineLauncher launcher();

  /** The statements that are at work by the engine's own list of what it does. */
  protected abstract List<?> listed() throws Exception;

  /** Fails if anything of the closed sessions is left in the launcher. */
  protected abstract void assertNothingIsLeft();

  /**
   * How many statements are run to find what they leave behind: a thousand, or what an engine does
   * in some ten seconds.
   */
  protected abstract int many();

  /**
   * What the engine's process holds for statements; nothing where that is the gateway's, or where
   * it keeps what has ended for a while, as Trino does for 15 minutes.
   */
  protected Map<String, Long> heldByTheEngine() {
    return Map.of();
  }

  /** What the engine calls a statement that failed, as its error names it; empty if nothing. */
  protected abstract String statementName();

  /** Bytes of results that the gateway holds now. */
  protected abstract long heldBytes();

  /**
   * What {@link ContractStatements#everyType} yields; nested values and times as Spark shows them.
   */
  protected static final List<List<Object>> EVERY_TYPE =
      List.of(
          row(
              true,
              (byte) 1,
              (short) 2,
              3,
              4L,
              1.5f,
              2.25,
              new BigDecimal("12345.67"),
              new BigDecimal("0.000000000000000001"),
              "it's \"quoted\", π and 🦊",
              bytes(0, 1, 0xff),
              "2024-02-29",
              "2024-02-29 12:34:56.789012",
              "2024-02-29 12:34:56.7",
              "[1,null,3]",
              "{\"one\":1,\"two\":null}",
              "{\"p\":7,\"q\":\"text\"}",
              null),
          row(
              null, null, null, null, null, null, null, null, null, null, null, null, null, null,
              null, null, null, null),
          row(
              false,
              Byte.MIN_VALUE,
              Short.MIN_VALUE,
              Integer.MIN_VALUE,
              Long.MIN_VALUE,
              Float.NEGATIVE_INFINITY,
              -0.0,
              new BigDecimal("-99999999.99"),
              new BigDecimal("-99999999999999999999.999999999999999999"),
              "",
              bytes(),
              "0001-01-01",
              "0001-01-01 00:00:00",
              "0001-01-01 00:00:00",
              "[]",
              "{}",
              "{\"p\":null,\"q\":null}",
              null),
          row(
              true,
              Byte.MAX_VALUE,
              Short.MAX_VALUE,
              Integer.MAX_VALUE,
              Long.MAX_VALUE,
              Float.NaN,
              Double.MAX_VALUE,
              new BigDecimal("99999999.99"),
              new BigDecimal("99999999999999999999.999999999999999999"),
              " blanks ",
              bytes(0),
              "9999-12-31",
              "9999-12-31 23:59:59.999999",
              "9999-12-31 23:59:59.999999",
              "[2147483647]",
              "{\"\":0}",
              "{\"p\":-1,\"q\":\"\"}",
              null));

  /** Not before all: a launcher may be made after that. */
  private void prepare() throws Exception {
    if (prepared) {
      return;
    }
    prepared = true;
    for (Dispatch first : statements.first()) {
      try (EngineSession own = launcher().open(settings("first"), ProgressListener.NONE);
          StatementExecution execution = own.execute(first)) {
        execution.await(SOON);
        assertThat(execution.cursor()).isNotNull();
      }
    }
  }

  @BeforeEach
  void openSession() throws Exception {
    prepare();
    session = launcher().open(settings("contract"), ProgressListener.NONE);
  }

  @AfterEach
  void closeSession() {
    session.close();
    assertNothingIsLeft();
  }

  @Test
  void isReadyOnceASessionIsOpen() {
    assertThat(launcher().status().state()).isEqualTo(EngineStatus.State.READY);
    assertThat(launcher().status().engine()).isEqualTo(launcher().engine());
    assertThat(session.alive()).isTrue();
  }

  @Test
  void aClosedSessionRefusesStatements() {
    session.close();

    assertThat(session.alive()).isFalse();
    assertThat(failureOf(() -> session.execute(statements.rows(1))))
        .extracting("code")
        .isEqualTo("ENGINE_GONE");
  }

  @Test
  void everyTypeWithNullsAndExtremes() {
    assertThat(read(statements.everyType())).isEqualTo(EVERY_TYPE);
  }

  @Test
  void anEmptyResultHasColumns() throws Exception {
    try (StatementExecution execution = finished(statements.rows(0))) {
      CursorReader reader = reader(execution);

      assertThat(reader.labels()).containsExactly("id", "name");
      assertThat(reader.readAll()).isEmpty();
      assertThat(reader.readAll()).isEmpty();
    }
  }

  @Test
  void rowsComeInOrder() {
    assertThat(read(statements.rows(20_000)))
        .isEqualTo(LongStream.range(0, 20_000).mapToObj(i -> row(i, "row-" + i)).toList());
  }

  @Test
  void aLargeResultIsHeldOnlyInPart() throws Exception {
    try (StatementExecution execution = finished(statements.rows(statements.manyRows()))) {
      CursorReader reader = reader(execution);
      long count = 0;
      long held = 0;
      for (int rows = reader.skip(); rows > 0; rows = reader.skip()) {
        count += rows;
        held = Math.max(held, heldBytes());
      }

      assertThat(count).isEqualTo(statements.manyRows());
      assertThat(held).isLessThan(16L << 20);
    }
  }

  @Test
  void aWideResult() {
    List<Object> expected = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      expected.add(i);
    }

    assertThat(read(statements.wide(1_000))).containsExactly(expected);
  }

  @Test
  void theCursorIsTheSameOnEveryCall() throws Exception {
    try (StatementExecution execution = finished(statements.rows(1))) {
      assertThat(execution.cursor()).isSameAs(execution.cursor());
    }
  }

  @Test
  void awaitReturnsAtItsLimit() throws Exception {
    try (StatementExecution execution = session.execute(statements.slow())) {
      long start = System.nanoTime();

      State state = execution.await(Duration.ofMillis(100));

      assertThat(state).isEqualTo(State.RUNNING);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(99), Duration.ofSeconds(20));
    }
    // Whoever gives up then closes it, as the gateway does at a statement's time-out.
    await().atMost(SOON).untilAsserted(() -> assertThat(listed()).isEmpty());
  }

  @Test
  void cancelWhileRunning() throws Exception {
    try (StatementExecution execution = session.execute(statements.slow())) {
      assertThat(execution.await(Duration.ofSeconds(1))).isEqualTo(State.RUNNING);

      execution.cancel();
      execution.cancel();

      assertThat(execution.await(SOON)).isEqualTo(State.CANCELLED);
      assertCancelled(failureOf(execution::cursor));
    }
  }

  @Test
  void aCancelEndsItInTheEnginesOwnList() throws Exception {
    try (StatementExecution execution = session.execute(statements.slow())) {
      await().atMost(SOON).untilAsserted(() -> assertThat(listed()).hasSize(1));

      execution.cancel();

      // Not closed yet: the cancel alone does it.
      await().atMost(SOON).untilAsserted(() -> assertThat(listed()).isEmpty());
      assertThat(execution.await(SOON)).isEqualTo(State.CANCELLED);
    }
  }

  @Test
  void cancelAtOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (StatementExecution execution = session.execute(statements.slow())) {
        execution.cancel();

        assertThat(execution.await(SOON)).isEqualTo(State.CANCELLED);
      }
    }
  }

  @Test
  void cancelWhileFetching() throws Exception {
    try (StatementExecution execution = finished(statements.rows(statements.manyRows()))) {
      CursorReader reader = reader(execution);
      assertThat(reader.skip()).isPositive();

      execution.cancel();

      assertCancelled(
          failureOf(
              () -> {
                while (reader.skip() > 0) {
                  assertThat(execution.state()).isNotEqualTo(State.FAILED);
                }
              }));
      assertThat(execution.state()).isEqualTo(State.CANCELLED);
    }
  }

  @Test
  void cancelAfterTheEndChangesNothing() throws Exception {
    try (StatementExecution execution = finished(statements.rows(3))) {
      assertThat(reader(execution).readAll()).hasSize(3);

      execution.cancel();

      assertThat(execution.state()).isEqualTo(State.FINISHED);
    }
  }

  @Test
  void closeInEveryState() throws Exception {
    StatementExecution atOnce = session.execute(statements.slow());
    atOnce.close();

    StatementExecution running = session.execute(statements.slow());
    assertThat(running.await(Duration.ofMillis(300))).isEqualTo(State.RUNNING);
    running.close();

    StatementExecution unread = finished(statements.rows(100_000));
    unread.close();

    StatementExecution halfRead = finished(statements.rows(100_000));
    CursorReader reader = reader(halfRead);
    assertThat(reader.skip()).isPositive();
    halfRead.close();
    assertThatThrownBy(reader::skip).isInstanceOf(KitsuneException.class);

    StatementExecution failed = session.execute(statements.failing());
    failed.await(SOON);
    failed.close();

    StatementExecution cancelled = session.execute(statements.slow());
    cancelled.cancel();
    cancelled.close();

    for (StatementExecution execution :
        List.of(atOnce, running, unread, halfRead, failed, cancelled)) {
      assertThatCode(execution::close).doesNotThrowAnyException();
      assertThatCode(execution::cancel).doesNotThrowAnyException();
      assertThat(execution.state()).isNotEqualTo(State.RUNNING);
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(listed()).isEmpty());
    assertThat(read(statements.rows(2))).hasSize(2);
  }

  @Test
  void closingTheCursorAndThenTheExecution() throws Exception {
    StatementExecution execution = finished(statements.rows(100_000));
    ResultCursor cursor = execution.cursor();

    cursor.close();
    cursor.close();

    assertThatCode(execution::close).doesNotThrowAnyException();
  }

  @Test
  void closingASessionEndsWhatRunsInIt() throws Exception {
    EngineSession other = launcher().open(settings("other"), ProgressListener.NONE);
    StatementExecution slow = other.execute(statements.slow());
    StatementExecution unread = other.execute(statements.rows(statements.manyRows()));
    unread.await(SOON);

    other.close();

    assertThat(slow.state()).isNotEqualTo(State.RUNNING);
    await().atMost(SOON).untilAsserted(() -> assertThat(listed()).isEmpty());
    assertThat(other.alive()).isFalse();
    assertThat(session.alive()).isTrue();
    assertThat(read(statements.rows(1))).containsExactly(row(0L, "row-0"));
  }

  @Test
  void closingASessionLeavesABatchToItsReader() throws Exception {
    // Closed also where the assumption fails: nothing may be left for the next test.
    try (EngineSession other = launcher().open(settings("other"), ProgressListener.NONE);
        StatementExecution execution = other.execute(statements.rows(statements.manyRows()))) {
      execution.await(SOON);
      assumeThat(execution.cursor()).isInstanceOf(ResultCursor.Batches.class);
      ResultCursor.Batches cursor = (ResultCursor.Batches) execution.cursor();
      List<CellReader> cells = CellReader.of(cursor.next().orElseThrow(), cursor.columns());

      other.close();

      assertThat(cells.stream().map(cell -> cell.read(7)).toList()).isEqualTo(row(7L, "row-7"));
      assertThatThrownBy(cursor::next).isInstanceOf(KitsuneException.class);
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(listed()).isEmpty());
  }

  @Test
  void aSyntaxErrorHasACodeAndAnSqlState() throws Exception {
    try (StatementExecution execution = session.execute(statements.malformed())) {
      assertThat(execution.await(SOON)).isEqualTo(State.FAILED);

      KitsuneException failure = failureOf(execution::cursor);
      assertThat(failure.code()).matches("[A-Z][A-Z0-9_.]+");
      assertThat(failure.sqlState()).isEqualTo("42601");
      assertThat(failure.getMessage()).isNotBlank().doesNotContain("\tat ");
    }
  }

  @Test
  void aRuntimeErrorHasACodeAndAnSqlState() throws Exception {
    try (StatementExecution execution = session.execute(statements.failing())) {
      KitsuneException failure =
          failureOf(
              () -> {
                execution.await(SOON);
                reader(execution).readAll();
              });

      assertThat(execution.state()).isEqualTo(State.FAILED);
      assertThat(failure.code()).matches("[A-Z][A-Z0-9_.]+");
      assertThat(failure.sqlState()).startsWith("22");
      assertThat(failure.getMessage())
          .contains("abc")
          .containsPattern(statementName())
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aDispatchForAnotherEngineIsRefused() {
    assertThat(failureOf(() -> session.execute(statements.foreign())))
        .extracting("code")
        .isEqualTo("ENGINE_WRONG_DISPATCH");
  }

  @Test
  void statementsOfOneSessionRunSideBySide() throws Exception {
    List<StatementExecution> executions = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      executions.add(session.execute(statements.rows(1_000L * i)));
    }

    for (int i = 0; i < 8; i++) {
      try (StatementExecution execution = executions.get(i)) {
        assertThat(execution.await(SOON)).isEqualTo(State.FINISHED);
        List<List<Object>> rows = reader(execution).readAll();
        assertThat(rows).hasSize(1_000 * i);
        assertThat(rows.isEmpty() ? null : rows.get(rows.size() - 1))
            .isEqualTo(i == 0 ? null : row(1_000L * i - 1, "row-" + (1_000L * i - 1)));
      }
    }
  }

  /** Twice each, so that a connection or a thread that was another's is met. */
  @Test
  void sixteenSessionsAtOnceKeepTheirSettingsApart() throws Exception {
    List<EngineSession> sessions = new ArrayList<>();
    try {
      for (int hour = 0; hour < SESSIONS; hour++) {
        sessions.add(
            launcher().open(settings("session-" + hour, zone(hour)), ProgressListener.NONE));
      }
      for (int round = 0; round < 2; round++) {
        List<StatementExecution> executions = new ArrayList<>();
        for (int hour = 0; hour < SESSIONS; hour++) {
          executions.add(sessions.get(hour).execute(statements.hour(zone(hour))));
        }
        for (int hour = 0; hour < SESSIONS; hour++) {
          try (StatementExecution execution = executions.get(hour)) {
            execution.await(SOON);
            assertThat(reader(execution).readAll())
                .as(zone(hour))
                .singleElement()
                .extracting(row -> ((Number) row.get(0)).intValue())
                .isEqualTo(hour);
          }
        }
      }
    } finally {
      sessions.forEach(EngineSession::close);
    }
  }

  /** Where it is that hour when it is noon in UTC; the sign is POSIX's. */
  private static String zone(int hour) {
    return hour == 12 ? "UTC" : "Etc/GMT%+d".formatted(12 - hour);
  }

  /**
   * Counted, in one open session, once rarely used parts are there: what is one for each is left.
   */
  @Test
  void manyStatementsLeaveNothingBehind() throws Exception {
    runMany(SESSIONS);
    Map<String, Long> before = held();

    runMany(many());

    Map<String, Long> more = held();
    more.replaceAll((what, count) -> count - before.getOrDefault(what, 0L));
    more.values().removeIf(count -> count < many() / 4);
    assertThat(more).isEmpty();
  }

  /** Of four, one fails, one is cancelled, and two are read. */
  private void runMany(int count) throws Exception {
    for (int done = 0; done < count; done += 4) {
      try (StatementExecution failed = session.execute(statements.failing());
          StatementExecution cancelled = session.execute(statements.rows(2));
          StatementExecution first = session.execute(statements.rows(2));
          StatementExecution second = session.execute(statements.rows(2))) {
        cancelled.cancel();
        for (StatementExecution read : List.of(first, second)) {
          read.await(SOON);
          assertThat(reader(read).readAll()).hasSize(2);
        }
        KitsuneException failure =
            failureOf(
                () -> {
                  failed.await(SOON);
                  reader(failed).readAll();
                });
        assertThat(failure.sqlState()).startsWith("22");
      }
    }
  }

  private Map<String, Long> held() {
    RunningJvm gateway = new RunningJvm(ProcessHandle.current().pid());
    Map<String, Long> held = new HashMap<>(heldByTheEngine());
    held.putAll(gateway.objects(launcher().getClass().getPackageName() + "."));
    held.put("threads of the gateway", gateway.threads());
    held.put("files that the gateway has open", gateway.openFiles());
    return held;
  }

  @Test
  void whatHappensToOneStatementDoesNotHarmAnother() throws Exception {
    try (StatementExecution survivor = finished(statements.rows(50_000));
        StatementExecution cancelled = session.execute(statements.slow());
        StatementExecution failed = session.execute(statements.failing())) {
      CursorReader reader = reader(survivor);
      long count = reader.skip();

      cancelled.cancel();
      failed.await(SOON);
      session.execute(statements.rows(10)).close();
      cancelled.await(SOON);

      for (int rows = reader.skip(); rows > 0; rows = reader.skip()) {
        count += rows;
      }
      assertThat(count).isEqualTo(50_000);
    }
  }

  /** Settings of a session in UTC. */
  protected static SessionSettings settings(String id) {
    return settings(id, "UTC");
  }

  /** Settings of a session in that time zone. */
  protected static SessionSettings settings(String id, String zone) {
    return new SessionSettings(
        id,
        "tester",
        9,
        Map.of("spark.sql.session.timeZone", zone, "spark.sql.ansi.enabled", "true"));
  }

  /** The engine's statements. */
  protected final ContractStatements statements() {
    return statements;
  }

  /** The session that this test works in. */
  protected final EngineSession session() {
    return session;
  }

  /** Runs it and returns it once its rows can be read. */
  protected final StatementExecution finished(Dispatch dispatch) throws InterruptedException {
    StatementExecution execution = session.execute(dispatch);
    if (execution.await(SOON) != State.FINISHED) {
      execution.cursor();
    }
    return execution;
  }

  /** Runs it and reads all of its rows. */
  protected final List<List<Object>> read(Dispatch dispatch) {
    try (StatementExecution execution = finished(dispatch)) {
      return reader(execution).readAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Reads its rows. */
  protected static CursorReader reader(StatementExecution execution) {
    return CursorReader.of(execution.cursor(), ZoneOffset.UTC);
  }

  /** The error that something fails with. */
  protected static KitsuneException failureOf(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
    KitsuneException failure = catchThrowableOfType(KitsuneException.class, action);
    assertThat(failure).as("an error").isNotNull();
    return failure;
  }

  /** A row of values, NULLs included. */
  protected static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  private static void assertCancelled(KitsuneException failure) {
    assertThat(failure.code()).isEqualTo("STATEMENT_CANCELLED");
    assertThat(failure.sqlState()).isEqualTo("HY008");
  }

  private static ByteBuffer bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ByteBuffer.wrap(bytes);
  }
}
