// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.Veto;
import io.kitsune.router.policy.Rule.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a policy says of one statement.
 *
 * @param holding the rules whose conditions are true, in the policy's order
 */
public record Verdict(List<Rule> holding) {
  public Verdict {
    holding = List.copyOf(holding);
  }

  /** The first rule that refuses the statement. */
  public Optional<Rule> rejection() {
    return holding.stream().filter(rule -> rule.action() instanceof Action.Reject).findFirst();
  }

  /**
   * Passes unless a rule refuses the statement.
   *
   * @throws KitsuneException {@code POLICY_REJECTED} (42501) with the rule's reason
   */
  public void refuseRejected() {
    rejection()
        .ifPresent(
            rule -> {
              throw new KitsuneException(
                  "POLICY_REJECTED", "42501", "%s (%s)".formatted(rule.reason(), rule.place()));
            });
  }

  /** A veto for each engine that a rule keeps the statement from. */
  public List<Veto> vetoes(Collection<Engine> engines) {
    List<Veto> vetoes = new ArrayList<>();
    for (Rule rule : holding) {
      for (Engine engine : engines) {
        if (forbids(rule.action(), engine)) {
          vetoes.add(new Veto(engine, "policy", Veto.Position.NONE, rule.reason()));
        }
      }
    }
    return vetoes;
  }

  static boolean forbids(Action action, Engine engine) {
    return action instanceof Action.Forbid forbid && forbid.engine() == engine
        || action instanceof Action.Require require && require.engine() != engine;
  }

  /** The engines that rules prefer, the first one first, with the reasons. */
  public List<Preference> preferences() {
    List<Preference> preferences = new ArrayList<>();
    for (Rule rule : holding) {
      if (rule.action() instanceof Action.Prefer prefer) {
        preferences.add(new Preference(prefer.engine(), rule.reason()));
      }
    }
    return preferences;
  }

  /** An engine that a rule prefers. */
  public record Preference(Engine engine, String reason) {}
}
