// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import io.kitsune.router.RoutingDecision.Scan;
import io.kitsune.router.reading.NormalisedText;
import io.kitsune.router.reading.ReadingLimits;
import io.kitsune.router.resolution.Resolver.Resolved;
import io.kitsune.router.workload.ClientApplication;
import io.kitsune.router.workload.StatementKind;
import io.kitsune.router.workload.WorkloadClassifier;
import io.kitsune.router.workload.WorkloadClassifier.KnownRuns;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Gathers what is known of a statement once its scans are planned. */
final class FactsOfStatement {
  /** Kyuubi's keys; the gateway sets them for every session, as far as it knows them. */
  private static final String REAL_USER = "kyuubi.session.real.user";

  private static final String ADDRESS = "kyuubi.client.ipAddress";

  private final ReadingLimits limits;
  private final Function<String, Optional<KnownRuns>> history;

  /**
   * @param history what is known of a fingerprint
   */
  FactsOfStatement(ReadingLimits limits, Function<String, Optional<KnownRuns>> history) {
    this.limits = limits;
    this.history = history;
  }

  StatementFacts of(
      Statement statement,
      Resolved resolved,
      List<Scan> scans,
      Set<Engine> possible,
      SessionState session,
      Instant now) {
    Map<String, String> configuration = session.configuration();
    String fingerprint = NormalisedText.of(statement.text(), limits).fingerprint();
    String client = ClientApplication.of(configuration, statement.text());
    // A query that names no table reads none; of one that does, no scan means that none is known.
    boolean known =
        statement instanceof Statement.Query && (!scans.isEmpty() || statement.tables().isEmpty());
    OptionalLong bytes = known ? total(scans, scan -> scan.estimate().bytes()) : unknown();
    return new StatementFacts(
        now,
        fingerprint,
        session.user(),
        configuration.getOrDefault(REAL_USER, ""),
        configuration.getOrDefault(ADDRESS, ""),
        client,
        StatementKind.of(statement),
        statement instanceof Statement.Command
            ? Workload.NONE
            : WorkloadClassifier.classify(
                statement, possible, configuration, client, bytes, history.apply(fingerprint)),
        tables(resolved),
        bytes,
        known ? total(scans, scan -> scan.estimate().rows()) : unknown(),
        known ? partitionPredicate(scans) : Optional.empty());
  }

  private static List<String> tables(Resolved resolved) {
    Set<String> names = new TreeSet<>();
    resolved.named().forEach(name -> names.add(name.toString()));
    resolved.redirected().forEach(moved -> names.add(moved.meant().toString()));
    return List.copyOf(names);
  }

  private static OptionalLong unknown() {
    return OptionalLong.empty();
  }

  private static OptionalLong total(List<Scan> scans, Function<Scan, OptionalLong> figure) {
    long total = 0;
    for (Scan scan : scans) {
      OptionalLong part = figure.apply(scan);
      if (part.isEmpty()) {
        return unknown();
      }
      total += part.getAsLong();
    }
    return OptionalLong.of(total);
  }

  private static Optional<Boolean> partitionPredicate(List<Scan> scans) {
    Set<PartitionUse> uses = new TreeSet<>();
    scans.forEach(scan -> uses.add(scan.partitionUse()));
    if (uses.contains(PartitionUse.UNRESTRICTED)) {
      return Optional.of(false);
    }
    return uses.contains(PartitionUse.UNKNOWN)
        ? Optional.empty()
        : Optional.of(uses.contains(PartitionUse.RESTRICTED));
  }
}
