// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;

/** What is kept of statements. */
@Describe(
    "What is kept of the statements that engines ran, in the database of the redirections. bin/kitsune history shows it, and"
        + " bin/kitsune policy test tries policies on it.")
public interface HistoryKeys {
  @Describe("Whether statements are kept at all.")
  @WithDefault("true")
  boolean enabled();

  @Describe(
      "How a statement's text is kept: without-constants, where each is a ?, or as-written, with every password and personal datum"
          + " that a user wrote into it.")
  @WithDefault("without-constants")
  Texts texts();

  @Describe("Statements kept, the newest.")
  @Between(least = 1, most = 100_000_000)
  @WithDefault("100000")
  int maxRows();

  @Describe("Days that a statement is kept.")
  @Between(least = 1, most = 3_650)
  @WithDefault("30")
  int maxDays();

  @Describe(
      "Statements that may wait to be written; what comes on top is not kept, and counted in the log.")
  @Between(least = 1, most = 1_000_000)
  @WithDefault("10000")
  int queue();

  /** Forms of a text. */
  enum Texts {
    WITHOUT_CONSTANTS,
    AS_WRITTEN
  }
}
