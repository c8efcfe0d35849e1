// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a statement before an engine is chosen: what policies are made of, and what the
 * history keeps. What is not known is empty, never zero or false.
 *
 * @param at when it was decided
 * @param fingerprint the same for statements that differ in constants only
 * @param realUser who logged in; another than {@code user} where that one is impersonated, empty
 *     where it is not known
 * @param address of the user's machine, as an IP address; empty where it is not known
 * @param client the application that sent it, as it calls itself; empty if it does not
 * @param kind what it does: {@code query}, {@code insert}, {@code create table}
 * @param tables every table and view named, directly or in views, by full names; of a moved table
 *     both names
 * @param bytes that its scans would read in all
 * @param rows in what its scans read
 * @param partitionPredicate whether every partitioned table is read by its partitions, and there is
 *     one
 */
public record StatementFacts(
    Instant at,
    String fingerprint,
    String user,
    String realUser,
    String address,
    String client,
    String kind,
    Workload workload,
    List<String> tables,
    OptionalLong bytes,
    OptionalLong rows,
    Optional<Boolean> partitionPredicate) {
  /** Of a statement of which nothing is known. */
  public static final StatementFacts NONE =
      new StatementFacts(
          Instant.EPOCH,
          "",
          "",
          "",
          "",
          "",
          "",
          Workload.NONE,
          List.of(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          Optional.empty());

  /** Of a user of whom nothing else is known. */
  public StatementFacts(
      Instant at,
      String fingerprint,
      String user,
      String client,
      String kind,
      Workload workload,
      List<String> tables,
      OptionalLong bytes,
      OptionalLong rows,
      Optional<Boolean> partitionPredicate) {
    this(
        at,
        fingerprint,
        user,
        "",
        "",
        client,
        kind,
        workload,
        tables,
        bytes,
        rows,
        partitionPredicate);
  }

  public StatementFacts {
    requireNonNull(at, "at");
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(user, "user");
    requireNonNull(realUser, "realUser");
    requireNonNull(address, "address");
    requireNonNull(client, "client");
    requireNonNull(kind, "kind");
    requireNonNull(workload, "workload");
    tables = List.copyOf(tables);
    requireNonNull(bytes, "bytes");
    requireNonNull(rows, "rows");
    requireNonNull(partitionPredicate, "partitionPredicate");
  }
}
