// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kitsune.gateway.StatementReport;
import io.kitsune.router.Engine;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Engines that are lost with two queries on their hands: one that waits for its first row, and is
 * answered all the same, and one that is half read, and ends with an error.
 */
final class LostEngine {
  private static final Duration SOON = Duration.ofMinutes(5);

  private final KillableLake lake;
  private final Map<Fate, ResultTable> expected = new EnumMap<>(Fate.class);
  private final Map<Fate, Integer> times = new EnumMap<>(Fate.class);
  private final List<Throwable> wrong = new ArrayList<>();
  private int answered;
  private int decidedAgain;
  private int errors;

  /** Learns the answers from Spark. */
  LostEngine(KillableLake lake) throws SQLException {
    this.lake = lake;
    for (Fate fate : Fate.values()) {
      expected.put(fate, lake.answer(Engine.SPARK, fate.waiting()));
    }
  }

  /** Loses an engine, and holds both queries to what is promised. */
  void lose(Fate fate) throws SQLException, InterruptedException, TimeoutException {
    times.merge(fate, 1, Integer::sum);
    int number = times.values().stream().mapToInt(Integer::intValue).sum();
    String waiting = "%s -- %d".formatted(fate.waiting(), number);
    String halfRead = "%s -- %d".formatted(fate.halfRead(), number);
    try (HalfReadQuery reader = new HalfReadQuery(lake, halfRead);
        WaitingQuery waiter = new WaitingQuery(lake, waiting)) {
      waiter.awaitRunningOn(fate.engine());
      fate.happen(lake);
      held(() -> assertAnswered(fate, waiter));
      held(() -> assertTold(fate, reader));
    }
    held(() -> assertReported(fate, report(waiting), report(halfRead)));
  }

  private void assertAnswered(Fate fate, WaitingQuery waiter) throws Exception {
    assertThat(waiter.answer()).isEqualTo(expected.get(fate));
    answered++;
    List<String> log = waiter.log();
    String failed = fate.engine().id() + " failed: ";
    if (log.stream().anyMatch(line -> line.startsWith(failed))) {
      decidedAgain++;
      assertThat(log).filteredOn(line -> line.startsWith("route: ")).hasSizeGreaterThan(1);
    }
  }

  private void assertTold(Fate fate, HalfReadQuery reader) {
    Optional<SQLException> error = reader.readOn();
    assertThat(error).as("an error after %d rows", reader.read()).isPresent();
    assertThat(error.get().getSQLState() + " " + error.get().getMessage()).startsWith(fate.error());
    assertThat(reader.read()).isLessThanOrEqualTo(fate.rows());
    errors++;
  }

  /** What was decided again says so; what was half read was not tried anywhere else. */
  private static void assertReported(Fate fate, StatementReport waiting, StatementReport halfRead) {
    assertThat(waiting.end()).isEqualTo(StatementReport.End.FINISHED);
    if (!waiting.failedAttempts().isEmpty()) {
      assertThat(waiting.failedAttempts().get(0).engine()).isEqualTo(fate.engine());
    }
    assertThat(halfRead.decision()).hasSize(1);
    assertThat(halfRead.decision().get(0).chosen().engine()).isEqualTo(fate.engine());
    assertThat(halfRead.failedAttempts()).isEmpty();
  }

  /** What is held against what was promised. */
  private interface Promise {
    void run() throws Exception;
  }

  /** So that one wrong answer among many does not hide the others. */
  private void held(Promise promise) throws InterruptedException {
    try {
      promise.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      wrong.add(e);
    }
  }

  private StatementReport report(String text) {
    return await()
        .atMost(SOON)
        .until(
            () -> lake.reports().stream().filter(each -> each.text().equals(text)).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /** What was not as it should be. */
  List<Throwable> wrong() {
    return List.copyOf(wrong);
  }

  @Override
  public String toString() {
    return "%s: %d waiting queries answered, %d of them decided again; %d half read ones with an error; wrong: %s"
        .formatted(times, answered, decidedAgain, errors, wrong);
  }
}
