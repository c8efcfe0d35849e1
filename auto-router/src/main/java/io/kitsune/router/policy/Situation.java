// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import io.kitsune.router.StatementFacts;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * What conditions are judged over.
 *
 * @param groups those that the user is in
 * @param time when the statement was decided, by the gateway's clock and zone
 */
record Situation(StatementFacts facts, Set<String> groups, ZonedDateTime time) {
  Situation {
    groups = Set.copyOf(groups);
  }
}
