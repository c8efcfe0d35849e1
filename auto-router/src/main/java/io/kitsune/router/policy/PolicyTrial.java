// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import io.kitsune.router.Engine;
import io.kitsune.router.history.HistoryEntry;
import io.kitsune.router.history.HistoryEntry.Considered;
import io.kitsune.router.policy.Rule.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy would have done to the statements of a history: judged by the facts as they were,
 * among the engines that could take each then. Nothing is run or read again.
 *
 * @param judged statements that came to a decision
 * @param skipped statements that did not, of which too little is known
 * @param outcomes one for each rule, in the policy's order
 */
public record PolicyTrial(long judged, long skipped, List<Outcome> outcomes) {
  private static final int EXAMPLES = 3;

  public PolicyTrial {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * What became of one rule.
   *
   * @param matched statements that its condition is true for
   * @param changed of them, those that would have run elsewhere, or nowhere, by this rule alone
   * @param rejected of them, those that nobody would have run
   * @param examples texts of statements that it would have changed, or else matched
   */
  public record Outcome(
      Rule rule, long matched, long changed, long rejected, List<String> examples) {
    public Outcome {
      examples = List.copyOf(examples);
    }
  }

  /** Tries every rule on every entry. */
  public static PolicyTrial of(Policy policy, Iterable<HistoryEntry> history) {
    Map<Rule, Count> counts = new LinkedHashMap<>();
    policy.rules().forEach(rule -> counts.put(rule, new Count()));
    long judged = 0;
    long skipped = 0;
    for (HistoryEntry entry : history) {
      if (entry.engine().isEmpty()) {
        skipped++;
      } else {
        judged++;
        Verdict verdict = policy.judge(entry.facts());
        verdict.holding().forEach(rule -> counts.get(rule).add(rule, entry));
      }
    }
    List<Outcome> outcomes = new ArrayList<>();
    counts.forEach((rule, count) -> outcomes.add(count.outcome(rule)));
    return new PolicyTrial(judged, skipped, outcomes);
  }

  private static final class Count {
    private long matched;
    private long changed;
    private long rejected;
    private final Set<String> changes = new LinkedHashSet<>();
    private final Set<String> matches = new LinkedHashSet<>();

    void add(Rule rule, HistoryEntry entry) {
      matched++;
      remember(matches, entry);
      if (rule.action() instanceof Action.Reject) {
        rejected++;
      }
      if (changes(rule.action(), entry)) {
        changed++;
        remember(changes, entry);
      }
    }

    private static void remember(Set<String> examples, HistoryEntry entry) {
      if (examples.size() < EXAMPLES && !entry.text().isEmpty()) {
        examples.add(entry.text());
      }
    }

    private static boolean changes(Action action, HistoryEntry entry) {
      Engine ran = entry.engine().orElseThrow();
      if (action instanceof Action.Reject) {
        return true;
      }
      if (action instanceof Action.Prefer prefer) {
        Optional<Considered> preferred =
            entry.candidates().stream()
                .filter(each -> each.engine() == prefer.engine())
                .findFirst();
        return ran != prefer.engine() && preferred.isPresent();
      }
      return Verdict.forbids(action, ran);
    }

    Outcome outcome(Rule rule) {
      return new Outcome(
          rule, matched, changed, rejected, new ArrayList<>(changes.isEmpty() ? matches : changes));
    }
  }
}
