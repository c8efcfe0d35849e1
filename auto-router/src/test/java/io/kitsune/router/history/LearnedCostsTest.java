// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kitsune.router.Engine;
import io.kitsune.router.decision.CostModel;
import io.kitsune.router.decision.Experience.Correction;
import io.kitsune.router.decision.Experience.Modelled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What runs make of the model's predictions; the clock is the test's. */
class LearnedCostsTest {
  private static final Duration HALF_LIFE = Duration.ofDays(1);

  private final TestClock clock = new TestClock();
  private final LearnedCosts learned = new LearnedCosts(CostModel.DEFAULT, HALF_LIFE, clock);

  /** A gigabyte on one engine, as the model has it. */
  private static Modelled modelled(Engine engine, double gigabytes) {
    return CostModel.DEFAULT.engines().get(engine).modelled(gigabytes * 1e9, 1e7 * gigabytes, 1);
  }

  private void ran(Engine engine, String fingerprint, double timesTheModel) {
    double nanos = modelled(engine, 1).nanos() * timesTheModel;
    learned.add(
        new MeasuredRun(
            engine,
            fingerprint,
            clock.instant(),
            Duration.ofNanos((long) nanos),
            1_000_000_000,
            10_000_000,
            1));
  }

  private Correction of(Engine engine, String fingerprint) {
    return learned.of(engine, fingerprint, modelled(engine, 1));
  }

  @Test
  void withoutRunsTheModelStands() {
    assertThat(of(Engine.DUCKDB, "a")).isEqualTo(Correction.NONE);
    ran(Engine.SPARK, "a", 3);
    assertThat(of(Engine.DUCKDB, "a")).isEqualTo(Correction.NONE);
    assertThat(of(Engine.SPARK, "b")).isEqualTo(Correction.NONE);
    assertThat(of(Engine.SPARK, "a").source()).isEqualTo("from 1 run of this statement");
  }

  @Test
  void manyRunsAreBelieved() {
    for (int i = 0; i < 12; i++) {
      ran(Engine.DUCKDB, "a", 20);
    }
    Correction known = of(Engine.DUCKDB, "a");
    assertThat(known.factor()).isBetween(17.0, 20.0);
    assertThat(known.source()).isEqualTo("from 12 runs of this statement");
    // Twice the data: the model's proportions hold.
    assertThat(learned.of(Engine.DUCKDB, "a", modelled(Engine.DUCKDB, 2)).factor())
        .isEqualTo(known.factor());
  }

  @Test
  void oneRunOnABusyMachineIsNot() {
    for (int i = 0; i < 10; i++) {
      ran(Engine.DUCKDB, "a", i == 5 ? 500 : 2);
    }
    assertThat(of(Engine.DUCKDB, "a").factor()).isCloseTo(2, within(0.1));
  }

  @Test
  void whatChangedIsFollowed() {
    for (int i = 0; i < 100; i++) {
      ran(Engine.DUCKDB, "a", 2);
    }
    for (int i = 0; i < 9; i++) {
      ran(Engine.DUCKDB, "a", 10);
    }
    assertThat(of(Engine.DUCKDB, "a").factor()).isCloseTo(10, within(1.0));
  }

  @Test
  void otherStatementsSayWhatHoldsOfAll() {
    for (int i = 0; i < 1_000; i++) {
      ran(Engine.SPARK, "a dashboard's", 6);
    }
    for (int i = 0; i < 3; i++) {
      ran(Engine.SPARK, "statement " + i, 2);
    }
    assertThat(of(Engine.SPARK, "new")).isEqualTo(Correction.NONE);

    for (int i = 3; i < 60; i++) {
      ran(Engine.SPARK, "statement " + i, 2);
    }
    Correction known = of(Engine.SPARK, "new");
    assertThat(known.factor()).isBetween(1.8, 2.0);
    assertThat(known.source()).isEqualTo("from the model and runs of 61 other statements");
    assertThat(of(Engine.DUCKDB, "new")).isEqualTo(Correction.NONE);
    // Nor of those that scan hardly anything.
    assertThat(learned.of(Engine.SPARK, "new", modelled(Engine.SPARK, 0.001)))
        .isEqualTo(Correction.NONE);
  }

  @Test
  void otherStatementsNeverMoveMuch() {
    for (int i = 0; i < 500; i++) {
      ran(Engine.SPARK, "slow " + i, 900);
      ran(Engine.DUCKDB, "fast " + i, 0.001);
    }
    assertThat(of(Engine.SPARK, "new").factor()).isBetween(7.0, 8.0);
    assertThat(of(Engine.DUCKDB, "new").factor()).isBetween(1 / 8.0, 1 / 7.0);
  }

  @Test
  void whatIsLongAgoFades() {
    for (int i = 0; i < 3; i++) {
      ran(Engine.DUCKDB, "a", 20);
    }
    double before = of(Engine.DUCKDB, "a").factor();
    for (int day = 0; day < 30; day++) {
      clock.now = clock.now.plus(HALF_LIFE);
      double after = of(Engine.DUCKDB, "a").factor();
      assertThat(after).isBetween(1.0, before);
      before = after;
    }
    assertThat(before).isCloseTo(1, within(0.001));
    assertThat(of(Engine.DUCKDB, "a").source())
        .isEqualTo("from the model, and 3 runs of this statement long ago");
  }

  /** DuckDB is thought to be the faster, and is or is not; a statement comes every ten minutes. */
  @Test
  void anEngineThatWasSlowOnceIsTriedAgain() {
    ran(Engine.DUCKDB, "a", 50);
    assertThat(slowChosen(1, 6 * 24 * 10)).isGreaterThan(6 * 24 * 2);
  }

  @Test
  void anEngineThatStaysSlowIsTriedSeldom() {
    int days = 60;
    int tried = slowChosen(50, 6 * 24 * days);
    assertThat(tried).isBetween(3, 2 * days);
  }

  /** How often DuckDB, which takes so many times the model, is chosen before Spark. */
  private int slowChosen(double timesTheModel, int statements) {
    int chosen = 0;
    for (int i = 0; i < statements; i++) {
      clock.now = clock.now.plus(Duration.ofMinutes(10));
      double duckDb = latency(Engine.DUCKDB);
      Engine engine = duckDb < latency(Engine.SPARK) ? Engine.DUCKDB : Engine.SPARK;
      ran(engine, "a", engine == Engine.DUCKDB ? timesTheModel : 1);
      chosen += engine == Engine.DUCKDB ? 1 : 0;
    }
    return chosen;
  }

  private double latency(Engine engine) {
    return modelled(engine, 1).nanos() * of(engine, "a").factor();
  }

  /** Whatever ran, and in whatever order: a factor is between those seen and the model's. */
  @Test
  void aFactorIsNeverBeyondWhatWasSeen() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      LearnedCosts any = new LearnedCosts(CostModel.DEFAULT, HALF_LIFE, clock);
      double least = 1;
      double most = 1;
      int runs = 1 + random.nextInt(40);
      for (int i = 0; i < runs; i++) {
        double ratio = Math.exp(random.nextGaussian() * 2);
        least = Math.min(least, ratio);
        most = Math.max(most, ratio);
        any.add(
            new MeasuredRun(
                Engine.TRINO,
                "s" + random.nextInt(3),
                clock.instant().minus(Duration.ofMinutes(random.nextInt(10_000))),
                Duration.ofNanos((long) (modelled(Engine.TRINO, 1).nanos() * ratio)),
                1_000_000_000,
                10_000_000,
                1));
      }
      for (String statement : new String[] {"s0", "s1", "s2", "new"}) {
        assertThat(any.of(Engine.TRINO, statement, modelled(Engine.TRINO, 1)).factor())
            .as("seed %d, %s", seed, statement)
            .isBetween(least * 0.999, most * 1.001);
      }
    }
  }

  private static final class TestClock extends Clock {
    private Instant now = Entries.MONDAY;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("nobody asks for the time of a zone");
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
