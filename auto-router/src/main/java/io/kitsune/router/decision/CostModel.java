// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.decision;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.Engine;
import io.kitsune.router.decision.Experience.Modelled;
import io.kitsune.router.decision.Experience.Size;
import java.time.Duration;
import java.util.Map;

/**
 * The constants from which latencies are predicted: start-up where an engine is cold, a fixed cost
 * for each statement, a cost for each file, byte and row that is scanned.
 *
 * @param engines the constants of every engine but the gateway
 * @param unknownBytes assumed for a scan of which no size is known; never zero, so that what is
 *     unknown is not taken for small
 */
public record CostModel(Map<Engine, EngineCost> engines, long unknownBytes) {
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Measured on a machine of two cores with local files; a Spark with more cores, or a store with
   * more distance, wants other figures.
   *
   * <ul>
   *   <li>DuckDB: the first connection unpacks its library, 0.8–1.6 s; a statement 0.6 ms to 15 ms
   *       through the gateway; 1,000 files 230–400 ms; a scan of Parquet some hundred MB a second.
   *   <li>Trino: start 12–47 CPU seconds; a warm {@code select 1} 60–150 ms, a query over a small
   *       Iceberg table 170–340 ms.
   *   <li>Spark: start 4.4–11.5 s and the first statement 2–5 s more; a warm {@code select 1} 44 ms
   *       at best, about 100 ms in the middle, and a query over a table some hundred ms.
   *   <li>Flink: start 5–9 s and the first statement 15–30 s more; a warm {@code select 1} 300–500
   *       ms.
   * </ul>
   */
  public static final CostModel DEFAULT =
      new CostModel(
          Map.of(
              Engine.DUCKDB,
              new EngineCost(
                  Duration.ofMillis(1_200),
                  Duration.ofMillis(15),
                  Duration.ofNanos(300_000),
                  300L << 20,
                  20_000_000),
              Engine.TRINO,
              new EngineCost(
                  Duration.ofSeconds(25),
                  Duration.ofMillis(150),
                  Duration.ofMillis(2),
                  150L << 20,
                  10_000_000),
              Engine.SPARK,
              new EngineCost(
                  Duration.ofSeconds(11),
                  Duration.ofMillis(250),
                  Duration.ofMillis(2),
                  100L << 20,
                  8_000_000),
              Engine.FLINK,
              new EngineCost(
                  Duration.ofSeconds(25),
                  Duration.ofMillis(500),
                  Duration.ofMillis(3),
                  60L << 20,
                  4_000_000)),
          1L << 30);

  public CostModel {
    engines = Map.copyOf(engines);
    for (Engine engine : Engine.values()) {
      if (engine != Engine.GATEWAY && !engines.containsKey(engine)) {
        throw new IllegalArgumentException("no constants for " + engine.id());
      }
    }
    if (unknownBytes < 1) {
      throw new IllegalArgumentException("unknownBytes is positive: " + unknownBytes);
    }
  }

  /**
   * One engine's constants.
   *
   * @param start until a cold engine has answered its first statement
   * @param statement what any statement costs
   * @param file what opening a file costs
   * @param bytesPerSecond of the columns read, as stored
   * @param rowsPerSecond of the rows scanned
   */
  public record EngineCost(
      Duration start, Duration statement, Duration file, long bytesPerSecond, long rowsPerSecond) {
    public EngineCost {
      requireNonNull(start, "start");
      requireNonNull(statement, "statement");
      requireNonNull(file, "file");
      if (start.isNegative() || statement.isNegative() || file.isNegative()) {
        throw new IllegalArgumentException("a duration is negative");
      }
      if (bytesPerSecond < 1 || rowsPerSecond < 1) {
        throw new IllegalArgumentException(
            "rates are positive: %d, %d".formatted(bytesPerSecond, rowsPerSecond));
      }
    }

    /** What a warm, idle engine takes for a statement that scans so much. */
    public Modelled modelled(double bytes, double rows, double files) {
      double fixed = Math.max(1, statement.toNanos());
      double scanning =
          files * file.toNanos()
              + NANOS_PER_SECOND * bytes / bytesPerSecond
              + NANOS_PER_SECOND * rows / rowsPerSecond;
      return new Modelled(fixed + scanning, scanning > fixed ? Size.LARGE : Size.SMALL);
    }
  }
}
