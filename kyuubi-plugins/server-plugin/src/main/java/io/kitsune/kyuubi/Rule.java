// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import java.util.List;

/** What becomes of the sessions for which all conditions are true. */
final class Rule {
  /** What a rule does. */
  enum Action {
    /** The router engine gets the session. */
    ROUTE,
    /** Kyuubi keeps it. */
    KEEP
  }

  final Action action;
  private final List<Condition> conditions;

  Rule(Action action, List<Condition> conditions) {
    this.action = action;
    this.conditions = conditions;
  }

  boolean applies(OpenedSession session) {
    for (Condition condition : conditions) {
      if (condition.of(session) != Truth.TRUE) {
        return false;
      }
    }
    return true;
  }
}
