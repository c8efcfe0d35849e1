// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.TableName;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.redirection.Phase;
import java.util.List;

/**
 * The decision for one statement: what is executed and what {@code EXPLAIN ROUTE} shows.
 *
 * @param chosen the engine that gets it, with the prediction that won and why
 * @param candidates every eligible engine, best first; the first is not the chosen one only where a
 *     user's choice or a policy says so
 * @param vetoes why the others may not
 * @param scans what is read, a line for each table reference
 * @param redirected names that mean another table today
 * @param dispatch what is sent to the chosen engine
 * @param facts what the choice was made by, besides
 */
public record RoutingDecision(
    Statement statement,
    Candidate chosen,
    List<Candidate> candidates,
    List<Veto> vetoes,
    List<Scan> scans,
    List<Redirected> redirected,
    Dispatch dispatch,
    StatementFacts facts) {
  public RoutingDecision {
    requireNonNull(statement, "statement");
    requireNonNull(chosen, "chosen");
    candidates = List.copyOf(candidates);
    vetoes = List.copyOf(vetoes);
    scans = List.copyOf(scans);
    redirected = List.copyOf(redirected);
    requireNonNull(dispatch, "dispatch");
    requireNonNull(facts, "facts");
  }

  /** As the other, of a statement of which nothing else is known. */
  public RoutingDecision(
      Statement statement,
      Candidate chosen,
      List<Candidate> candidates,
      List<Veto> vetoes,
      List<Scan> scans,
      List<Redirected> redirected,
      Dispatch dispatch) {
    this(statement, chosen, candidates, vetoes, scans, redirected, dispatch, StatementFacts.NONE);
  }

  /** What one table reference reads, and whether by the table's partitions. */
  public record Scan(TableName table, ScanEstimate estimate, PartitionUse partitionUse) {
    public Scan {
      requireNonNull(table, "table");
      requireNonNull(estimate, "estimate");
      requireNonNull(partitionUse, "partitionUse");
    }
  }

  /** A name and the table it means, with the phase that says so. */
  public record Redirected(TableName written, TableName meant, Phase phase) {}

  /** A row of {@code EXPLAIN ROUTE}: four strings, never null. */
  public record Row(String section, String engine, String value, String reason) {}
}
