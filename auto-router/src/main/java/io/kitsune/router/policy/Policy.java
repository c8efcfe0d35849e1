// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.StatementFacts;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/**
 * The operator's rules, in order. Every rule whose condition is true counts: a rejection, the first
 * one, ends the statement; each prohibition keeps an engine from it; of the preferences the first
 * whose engine may take it wins. What is not known makes no rule apply. Immutable, thread-safe.
 */
public final class Policy {
  /** Says nothing. */
  public static final Policy NONE =
      new Policy(List.of(), Groups.of(java.util.Map.of()), ZoneId.systemDefault());

  private final List<Rule> rules;
  private final Groups groups;
  private final ZoneId zone;

  Policy(List<Rule> rules, Groups groups, ZoneId zone) {
    this.rules = List.copyOf(rules);
    this.groups = requireNonNull(groups, "groups");
    this.zone = requireNonNull(zone, "zone");
  }

  /**
   * Reads a policy's file.
   *
   * @param zone in which {@code hour} and {@code weekday} are told
   * @throws io.kitsune.error.KitsuneException {@code CONFIG_FILE_UNREADABLE}, or {@code
   *     POLICY_INVALID} naming file, line and column of the first mistake
   */
  public static Policy read(Path file, Groups groups, ZoneId zone) {
    return new Policy(PolicyFile.read(file, groups), groups, zone);
  }

  /** Every rule, in the order in which they count. */
  public List<Rule> rules() {
    return rules;
  }

  /** What it says of a statement. */
  public Verdict judge(StatementFacts facts) {
    if (rules.isEmpty()) {
      return new Verdict(List.of());
    }
    Situation now = new Situation(facts, groups.of(facts.user()), facts.at().atZone(zone));
    return new Verdict(
        rules.stream().filter(rule -> rule.when().judge(now) == Truth.TRUE).toList());
  }
}
