// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kitsune.engine.StatementExecution.State;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.EngineStatus;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every engine owes its callers. An engine's test extends it, says how its launcher is made
 * and how each of the named queries is written for it, and may add a look for what is left behind.
 * Sessions are opened with time zone UTC and protocol V10.
 */
@Timeout(180)
public abstract class EngineContract {
  /** How long a statement that should be quick may take on a busy machine. */
  protected static final Duration SOON = Duration.ofSeconds(60);

  private EngineSession session;

  /** The launcher under test, the same for the whole class; whoever made it closes it. */
  protected abstract EngineLauncher launcher();

  /**
   * Rows {@code (id BIGINT, name STRING)}: {@code (i, 'row-i')} for i from 0, in that order.
   *
   * @param count may be 0
   */
  protected abstract Dispatch rows(long count);

  /** {@link #rows} with so many that an engine that held them all would be noticed. */
  protected abstract long manyRows();

  /** One row of that many INT columns {@code c0, c1, …} with the values 0, 1, …. */
  protected abstract Dispatch wide(int columns);

  /** Runs for minutes before its first row, and uses little memory. */
  protected abstract Dispatch slow();

  /** Is not a statement: a syntax error. */
  protected abstract Dispatch malformed();

  /** Fails while it runs, because of a value ({@code CAST('abc' AS INT)} with ANSI rules). */
  protected abstract Dispatch failing();

  /** A dispatch that is for another engine. */
  protected abstract Dispatch foreign();

  /**
   * The rows of {@link #EVERY_TYPE}, in that order, with the columns {@code b BOOLEAN, t TINYINT, s
   * SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, d1 DECIMAL(10,2), d2 DECIMAL(38,18), v STRING, x
   * BINARY, dt DATE, ts TIMESTAMP, ntz TIMESTAMP_NTZ, a ARRAY<INT>, m MAP<STRING,INT>, st STRUCT<p
   * INT, q STRING>, n VOID}.
   */
  protected abstract Dispatch everyType();

  /** Fails if anything of the closed sessions is left in the engine. */
  protected abstract void assertNothingIsLeft();

  /** Bytes of results that the gateway holds now. */
  protected abstract long heldBytes();

  /** What {@link #everyType} yields; nested values and times as Spark shows them. */
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

  @BeforeEach
  void openSession() {
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
    assertThat(failureOf(() -> session.execute(rows(1))))
        .extracting("code")
        .isEqualTo("ENGINE_GONE");
  }

  @Test
  void everyTypeWithNullsAndExtremes() {
    assertThat(read(everyType())).isEqualTo(EVERY_TYPE);
  }

  @Test
  void anEmptyResultHasColumns() throws Exception {
    try (StatementExecution execution = finished(rows(0))) {
      CursorReader reader = reader(execution);

      assertThat(reader.labels()).containsExactly("id", "name");
      assertThat(reader.readAll()).isEmpty();
      assertThat(reader.readAll()).isEmpty();
    }
  }

  @Test
  void rowsComeInOrder() {
    assertThat(read(rows(20_000)))
        .isEqualTo(LongStream.range(0, 20_000).mapToObj(i -> row(i, "row-" + i)).toList());
  }

  @Test
  void aLargeResultIsHeldOnlyInPart() throws Exception {
    try (StatementExecution execution = finished(rows(manyRows()))) {
      CursorReader reader = reader(execution);
      long count = 0;
      long held = 0;
      for (int rows = reader.skip(); rows > 0; rows = reader.skip()) {
        count += rows;
        held = Math.max(held, heldBytes());
      }

      assertThat(count).isEqualTo(manyRows());
      assertThat(held).isLessThan(16L << 20);
    }
  }

  @Test
  void aWideResult() {
    List<Object> expected = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      expected.add(i);
    }

    assertThat(read(wide(1_000))).containsExactly(expected);
  }

  @Test
  void theCursorIsTheSameOnEveryCall() throws Exception {
    try (StatementExecution execution = finished(rows(1))) {
      assertThat(execution.cursor()).isSameAs(execution.cursor());
    }
  }

  @Test
  void awaitReturnsAtItsLimit() throws Exception {
    try (StatementExecution execution = session.execute(slow())) {
      long start = System.nanoTime();

      State state = execution.await(Duration.ofMillis(100));

      assertThat(state).isEqualTo(State.RUNNING);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(99), Duration.ofSeconds(20));
    }
  }

  @Test
  void cancelWhileRunning() throws Exception {
    try (StatementExecution execution = session.execute(slow())) {
      assertThat(execution.await(Duration.ofSeconds(1))).isEqualTo(State.RUNNING);

      execution.cancel();
      execution.cancel();

      assertThat(execution.await(SOON)).isEqualTo(State.CANCELLED);
      assertCancelled(failureOf(execution::cursor));
    }
  }

  @Test
  void cancelAtOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (StatementExecution execution = session.execute(slow())) {
        execution.cancel();

        assertThat(execution.await(SOON)).isEqualTo(State.CANCELLED);
      }
    }
  }

  @Test
  void cancelWhileFetching() throws Exception {
    try (StatementExecution execution = finished(rows(manyRows()))) {
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
    try (StatementExecution execution = finished(rows(3))) {
      assertThat(reader(execution).readAll()).hasSize(3);

      execution.cancel();

      assertThat(execution.state()).isEqualTo(State.FINISHED);
    }
  }

  @Test
  void closeInEveryState() throws Exception {
    StatementExecution atOnce = session.execute(slow());
    atOnce.close();

    StatementExecution running = session.execute(slow());
    assertThat(running.await(Duration.ofMillis(300))).isEqualTo(State.RUNNING);
    running.close();

    StatementExecution unread = finished(rows(100_000));
    unread.close();

    StatementExecution halfRead = finished(rows(100_000));
    CursorReader reader = reader(halfRead);
    assertThat(reader.skip()).isPositive();
    halfRead.close();
    assertThatThrownBy(reader::skip).isInstanceOf(KitsuneException.class);

    StatementExecution failed = session.execute(failing());
    failed.await(SOON);
    failed.close();

    StatementExecution cancelled = session.execute(slow());
    cancelled.cancel();
    cancelled.close();

    for (StatementExecution execution :
        List.of(atOnce, running, unread, halfRead, failed, cancelled)) {
      assertThatCode(execution::close).doesNotThrowAnyException();
      assertThatCode(execution::cancel).doesNotThrowAnyException();
      assertThat(execution.state()).isNotEqualTo(State.RUNNING);
    }
    assertThat(read(rows(2))).hasSize(2);
  }

  @Test
  void closingTheCursorAndThenTheExecution() throws Exception {
    StatementExecution execution = finished(rows(100_000));
    ResultCursor cursor = execution.cursor();

    cursor.close();
    cursor.close();

    assertThatCode(execution::close).doesNotThrowAnyException();
  }

  @Test
  void closingASessionEndsWhatRunsInIt() throws Exception {
    EngineSession other = launcher().open(settings("other"), ProgressListener.NONE);
    StatementExecution slow = other.execute(slow());
    StatementExecution unread = other.execute(rows(manyRows()));
    unread.await(SOON);

    other.close();

    assertThat(slow.state()).isNotEqualTo(State.RUNNING);
    assertThat(other.alive()).isFalse();
    assertThat(session.alive()).isTrue();
    assertThat(read(rows(1))).containsExactly(row(0L, "row-0"));
  }

  @Test
  void aSyntaxErrorHasACodeAndAnSqlState() throws Exception {
    try (StatementExecution execution = session.execute(malformed())) {
      assertThat(execution.await(SOON)).isEqualTo(State.FAILED);

      KitsuneException failure = failureOf(execution::cursor);
      assertThat(failure.code()).matches("[A-Z][A-Z0-9_.]+");
      assertThat(failure.sqlState()).isEqualTo("42601");
      assertThat(failure.getMessage()).isNotBlank().doesNotContain("\tat ");
    }
  }

  @Test
  void aRuntimeErrorHasACodeAndAnSqlState() throws Exception {
    try (StatementExecution execution = session.execute(failing())) {
      KitsuneException failure =
          failureOf(
              () -> {
                execution.await(SOON);
                reader(execution).readAll();
              });

      assertThat(execution.state()).isEqualTo(State.FAILED);
      assertThat(failure.code()).matches("[A-Z][A-Z0-9_.]+");
      assertThat(failure.sqlState()).startsWith("22");
      assertThat(failure.getMessage()).contains("abc").doesNotContain("\tat ");
    }
  }

  @Test
  void aDispatchForAnotherEngineIsRefused() {
    assertThat(failureOf(() -> session.execute(foreign())))
        .extracting("code")
        .isEqualTo("ENGINE_WRONG_DISPATCH");
  }

  @Test
  void statementsOfOneSessionRunSideBySide() throws Exception {
    List<StatementExecution> executions = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      executions.add(session.execute(rows(1_000L * i)));
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

  @Test
  void whatHappensToOneStatementDoesNotHarmAnother() throws Exception {
    try (StatementExecution survivor = finished(rows(50_000));
        StatementExecution cancelled = session.execute(slow());
        StatementExecution failed = session.execute(failing())) {
      CursorReader reader = reader(survivor);
      long count = reader.skip();

      cancelled.cancel();
      failed.await(SOON);
      session.execute(rows(10)).close();
      cancelled.await(SOON);

      for (int rows = reader.skip(); rows > 0; rows = reader.skip()) {
        count += rows;
      }
      assertThat(count).isEqualTo(50_000);
    }
  }

  /** Settings of a session in UTC. */
  protected static SessionSettings settings(String id) {
    return new SessionSettings(
        id,
        "tester",
        9,
        Map.of("spark.sql.session.timeZone", "UTC", "spark.sql.ansi.enabled", "true"));
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
