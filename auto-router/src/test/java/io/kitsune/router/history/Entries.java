// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import io.kitsune.router.Engine;
import io.kitsune.router.StatementFacts;
import io.kitsune.router.Workload;
import io.kitsune.router.history.HistoryEntry.Considered;
import io.kitsune.router.history.HistoryEntry.End;
import io.kitsune.router.history.HistoryEntry.EngineRun;
import io.kitsune.router.history.HistoryEntry.FailedAttempt;
import io.kitsune.router.history.HistoryEntry.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Entries for tests. */
public final class Entries {
  /** A moment on a Monday, at 10 in the morning of UTC. */
  public static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00.123456Z");

  private Entries() {}

  /** A query that DuckDB answered. */
  public static HistoryEntry query(Instant at, String user, String fingerprint) {
    return new HistoryEntry(
        0,
        new StatementFacts(
            at,
            fingerprint,
            user,
            "proxy",
            "192.0.2.17",
            "Superset",
            "query",
            new Workload(Workload.Type.INTERACTIVE, "Superset is a dashboard"),
            List.of("lake.sales.orders", "spark_catalog.a.b"),
            OptionalLong.of(7L << 40),
            OptionalLong.of(3),
            Optional.of(false)),
        "select ? from \u2603",
        Optional.of(Engine.DUCKDB),
        Duration.ofNanos(1_234_000),
        Duration.ofMillis(15),
        4,
        End.FINISHED,
        "",
        List.of(
            new Considered(Engine.DUCKDB, Duration.ofNanos(1_234_000)),
            new Considered(Engine.SPARK, Duration.ofSeconds(2))),
        List.of(new Refused(Engine.TRINO, "rlike")),
        List.of(
            new FailedAttempt(Engine.TRINO, "ENGINE_GONE", "08006", "it = ended"),
            new FailedAttempt(Engine.SPARK, "ENGINE_BUSY", "53300", "")),
        Optional.of(new EngineRun(Duration.ofMillis(11), 2)));
  }

  /** A statement of which nothing came. */
  public static HistoryEntry refused(Instant at, String user) {
    return new HistoryEntry(
        0,
        new StatementFacts(
            at,
            "0000000000000000",
            user,
            "",
            "",
            Workload.NONE,
            List.of(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty()),
        "",
        Optional.empty(),
        Duration.ZERO,
        Duration.ofMillis(1),
        0,
        End.FAILED,
        "PARSE_SYNTAX_ERROR",
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** The same entry, only faster or slower. */
  static HistoryEntry taking(HistoryEntry entry, Duration elapsed) {
    return new HistoryEntry(
        entry.id(),
        entry.facts(),
        entry.text(),
        entry.engine(),
        entry.predicted(),
        elapsed,
        entry.rows(),
        entry.end(),
        entry.errorCode(),
        entry.candidates(),
        entry.vetoes(),
        entry.failedAttempts(),
        entry.run());
  }

  /** The same entry under the identifier that a store gave it. */
  static HistoryEntry numbered(HistoryEntry entry, long id) {
    return new HistoryEntry(
        id,
        entry.facts(),
        entry.text(),
        entry.engine(),
        entry.predicted(),
        entry.elapsed(),
        entry.rows(),
        entry.end(),
        entry.errorCode(),
        entry.candidates(),
        entry.vetoes(),
        entry.failedAttempts(),
        entry.run());
  }
}
