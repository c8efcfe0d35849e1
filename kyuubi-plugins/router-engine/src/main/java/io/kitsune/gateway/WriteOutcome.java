// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.Table;
import io.kitsune.engine.health.EngineFailure;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of a statement that may have changed something and whose engine was lost: an error
 * that says whether an Iceberg table has the write, or that nobody knows. The statement is never
 * run again here.
 *
 * @param targets the tables that it writes
 * @param ended whether the engine's process has ended: what has not arrived then never will
 */
record WriteOutcome(
    Statement statement, List<WriteTarget> targets, Catalogs catalogs, BooleanSupplier ended) {
  private static final Logger LOG = LoggerFactory.getLogger(WriteOutcome.class);

  /** A commit that was on its way to the catalog when the engine died may still arrive. */
  private static final Duration ARRIVAL = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(250);

  WriteOutcome {
    targets = List.copyOf(targets);
  }

  private enum Verdict {
    NOT_APPLIED,
    UNKNOWN
  }

  private record Finding(Verdict verdict, String because) {}

  /**
   * The error for the client.
   *
   * @return the failure itself, unless it leaves open what the statement did
   */
  KitsuneException after(KitsuneException failure) throws InterruptedException {
    boolean lost = EngineFailure.is(failure) || failure.sqlState().startsWith("08");
    if (!lost) {
      return failure;
    }
    LOG.warn("An engine was lost with a {} under way", kind(), failure);
    Finding finding = find();
    String tables =
        targets.stream().map(target -> target.name().toString()).collect(Collectors.joining(", "));
    String what = tables.isEmpty() ? kind() : kind() + " on " + tables;
    return switch (finding.verdict()) {
      case NOT_APPLIED ->
          error(
              "STATEMENT_NOT_APPLIED",
              "%s was not applied, for the engine was lost: %s. Run it again. (%s)"
                  .formatted(what, finding.because(), failure.code()),
              failure);
      case UNKNOWN ->
          error(
              "STATEMENT_OUTCOME_UNKNOWN",
              "Whether %s was applied is not known, for the engine was lost: %s. Look before you run it again. (%s)"
                  .formatted(what, finding.because(), failure.code()),
              failure);
    };
  }

  private String kind() {
    if (statement instanceof Statement.Write write) {
      return write.kind().name().replace('_', ' ');
    } else if (statement instanceof Statement.Ddl ddl) {
      return ddl.construct().toUpperCase(Locale.ROOT);
    }
    return "the statement";
  }

  private Finding find() throws InterruptedException {
    if (!(statement instanceof Statement.Write) || targets.size() != 1) {
      return new Finding(Verdict.UNKNOWN, "it leaves no trace that could be looked for");
    }
    WriteTarget target = targets.get(0);
    if (target.kind() == WriteTarget.Kind.SILENT) {
      return new Finding(Verdict.UNKNOWN, "its table does not tell what was written to it");
    }
    long deadline = System.nanoTime() + ARRIVAL.toNanos();
    Finding finding = look(target);
    while (finding.verdict() == Verdict.NOT_APPLIED && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      finding = look(target);
    }
    return finding.verdict() == Verdict.NOT_APPLIED && !ended.getAsBoolean()
        ? new Finding(
            Verdict.UNKNOWN, finding.because() + " so far, and the engine may still be at it")
        : finding;
  }

  private Finding look(WriteTarget target) {
    try {
      return judge(target, target.now(catalogs));
    } catch (KitsuneException e) {
      LOG.warn("{} cannot be looked at after a write was lost", target.name(), e);
      return new Finding(Verdict.UNKNOWN, "its table cannot be looked at now: " + e.getMessage());
    }
  }

  private static Finding judge(WriteTarget target, Optional<Table> now) {
    if (now.isEmpty()) {
      return target.kind() == WriteTarget.Kind.ABSENT
          ? new Finding(Verdict.NOT_APPLIED, "the table is not there")
          : new Finding(Verdict.UNKNOWN, "the table is gone");
    }
    if (!(now.get() instanceof IcebergTable iceberg)) {
      return new Finding(Verdict.UNKNOWN, "its table does not tell what was written to it");
    }
    List<Snapshot> added = target.added(iceberg);
    if (added.isEmpty() && target.kind() == WriteTarget.Kind.ICEBERG) {
      return new Finding(Verdict.NOT_APPLIED, "the table has no new snapshot");
    }
    // Spark 3.5's Iceberg takes properties of a snapshot from no SQL statement and no setting of
    // the session: whose a snapshot is cannot be told.
    return new Finding(
        Verdict.UNKNOWN,
        added.isEmpty()
            ? "the table is there now, without a snapshot"
            : "the table has a new snapshot %d, this statement's or somebody else's"
                .formatted(added.get(added.size() - 1).snapshotId()));
  }

  private static KitsuneException error(String code, String message, KitsuneException cause) {
    return new KitsuneException(code, "08007", message, cause);
  }
}
