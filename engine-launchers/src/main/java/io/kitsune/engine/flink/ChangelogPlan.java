// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.engine.flink.FlinkResult.Changes;

/** What {@code EXPLAIN CHANGELOG_MODE} says of a query. */
final class ChangelogPlan {
  private static final String PLAN = "== Optimized Physical Plan ==\n";
  private static final String MODE = "changelogMode=[";

  private ChangelogPlan() {}

  /**
   * Whether the query's rows are only added. The plan's first line is its root, and ends with the
   * kinds of change that it yields: {@code I} alone, or {@code I,UA}. Where that is not to be
   * found, kinds are shown: that loses nothing.
   */
  static Changes changes(String explanation) {
    int plan = explanation.indexOf(PLAN);
    if (plan < 0) {
      return Changes.SHOWN;
    }
    String root = explanation.substring(plan + PLAN.length()).lines().findFirst().orElse("");
    int mode = root.lastIndexOf(MODE);
    return mode >= 0 && root.startsWith("I]", mode + MODE.length())
        ? Changes.APPENDED
        : Changes.SHOWN;
  }
}
