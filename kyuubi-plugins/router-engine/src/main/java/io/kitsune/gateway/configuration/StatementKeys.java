// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;

/** Bounds of a statement's text. */
@Describe("Bounds of a statement's text, checked before it is parsed.")
public interface StatementKeys {
  @Describe("Characters (UTF-16 units).")
  @Between(least = 1)
  @WithDefault("1048576")
  int maxLength();

  @Describe("Words, numbers, strings and signs.")
  @Between(least = 1)
  @WithDefault("200000")
  int maxTokens();

  @Describe("Levels of parentheses, brackets, CASE and prefix operators.")
  @Between(least = 1, most = 1_000)
  @WithDefault("128")
  int maxNesting();
}
