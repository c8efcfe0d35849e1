// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.decision;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Candidate;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.RoutingDecision.Scan;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import io.kitsune.router.Veto;
import io.kitsune.router.policy.Verdict.Preference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The eligible engines by predicted latency, and the one chosen among them.
 *
 * @param candidates best first
 */
public record Ranking(Candidate chosen, List<Candidate> candidates) {
  public Ranking {
    candidates = List.copyOf(candidates);
  }

  /**
   * Ranks the engines that are there and have no veto; a policy's preference wins over the
   * prediction, and the user's choice over both.
   *
   * @param statuses of the engines that might run it
   * @param preferences the strongest first
   * @param fingerprint of the statement without constants
   * @throws KitsuneException {@code ROUTER_ENGINE_NOT_POSSIBLE} where the user's choice has a veto,
   *     {@code ROUTER_NO_ENGINE} where every engine has, {@code ROUTER_ENGINE_UNAVAILABLE} (57P03,
   *     53300) where one could if it took statements just now
   */
  public static Ranking of(
      Statement statement,
      SessionState session,
      List<EngineStatus> statuses,
      List<Veto> vetoes,
      List<Preference> preferences,
      List<Scan> scans,
      String fingerprint,
      LatencyPrediction prediction) {
    List<Candidate> candidates = new ArrayList<>();
    for (EngineStatus status : statuses) {
      boolean eligible =
          status.state().takesStatements()
              && vetoes.stream().noneMatch(veto -> veto.engine() == status.engine());
      if (eligible) {
        candidates.add(prediction.candidate(status, fingerprint, scans));
      }
    }
    candidates.sort(Comparator.comparing(Candidate::latency).thenComparing(Candidate::engine));
    Optional<EngineChoice> choice = EngineChoice.of(statement, session);
    if (candidates.isEmpty() || !has(choice, candidates)) {
      Unavailability unavailability = new Unavailability(statuses, vetoes);
      choice
          .map(wanted -> unavailability.of(wanted.engine()))
          .orElseGet(unavailability::ofAny)
          .ifPresent(Ranking::refuse);
    }
    Candidate chosen =
        choice.isPresent()
            ? wanted(choice.get(), candidates, vetoes)
            : preferred(preferences, candidates).orElseGet(() -> best(candidates, vetoes));
    return new Ranking(chosen, candidates);
  }

  private static boolean has(Optional<EngineChoice> choice, List<Candidate> candidates) {
    return choice.isEmpty()
        || candidates.stream().anyMatch(candidate -> candidate.engine() == choice.get().engine());
  }

  private static void refuse(KitsuneException reason) {
    throw reason;
  }

  private static Optional<Candidate> preferred(
      List<Preference> preferences, List<Candidate> candidates) {
    for (Preference preference : preferences) {
      for (Candidate candidate : candidates) {
        if (candidate.engine() == preference.engine()) {
          return Optional.of(because(candidate, preference.reason()));
        }
      }
    }
    return Optional.empty();
  }

  private static Candidate wanted(
      EngineChoice choice, List<Candidate> candidates, List<Veto> vetoes) {
    return candidates.stream()
        .filter(candidate -> candidate.engine() == choice.engine())
        .findFirst()
        .map(candidate -> because(candidate, choice.source()))
        .orElseThrow(
            () ->
                new KitsuneException(
                    "ROUTER_ENGINE_NOT_POSSIBLE",
                    "0A000",
                    "%s cannot run this statement, and %s asks for it: %s Remove the choice, or change what stands in the way."
                        .formatted(
                            choice.engine().id(),
                            choice.source(),
                            reasons(vetoes, choice.engine()))));
  }

  private static Candidate best(List<Candidate> candidates, List<Veto> vetoes) {
    if (candidates.isEmpty()) {
      throw new KitsuneException(
          "ROUTER_NO_ENGINE",
          "0A000",
          "No engine can run this statement: "
              + vetoes.stream().map(Ranking::inWords).collect(Collectors.joining("; ")));
    }
    Candidate best = candidates.get(0);
    if (candidates.size() > 1) {
      Candidate next = candidates.get(1);
      return because(
          best,
          "the fastest: %s against %s of %s; predicted %s"
              .formatted(shown(best), shown(next), next.engine().id(), best.basis()));
    }
    return because(
        best,
        vetoes.isEmpty()
            ? "the only engine"
            : "the only engine that may: " + inWords(vetoes.get(0)));
  }

  private static Candidate because(Candidate candidate, String reason) {
    return new Candidate(candidate.engine(), candidate.latency(), candidate.basis(), reason);
  }

  private static String reasons(List<Veto> vetoes, Engine engine) {
    List<String> reasons =
        vetoes.stream()
            .filter(veto -> veto.engine() == engine)
            .map(veto -> "%s%s: %s".formatted(veto.construct(), at(veto), veto.reason()))
            .toList();
    String all = reasons.isEmpty() ? "it is not configured" : String.join("; ", reasons);
    return all.endsWith(".") ? all : all + ".";
  }

  private static String inWords(Veto veto) {
    return "%s may not because of %s%s: %s"
        .formatted(veto.engine().id(), veto.construct(), at(veto), veto.reason());
  }

  private static String at(Veto veto) {
    return veto.position().line() == 0 ? "" : " (" + veto.position() + ")";
  }

  private static String shown(Candidate candidate) {
    Duration latency = candidate.latency();
    return latency.toMillis() < 1_000
        ? latency.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", latency.toMillis() / 1e3);
  }
}
