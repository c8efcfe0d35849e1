// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** All engines together. */
@Describe(
    "What holds for all engines together: the memory they share, and what is done when one fails.")
public interface EnginesKeys {
  @Describe(
      "Memory for all engines on this machine together, as a size or a share of the machine's. Before one is started that would not fit, idle ones are stopped, the one that was used least recently first.")
  @WithDefault("75%")
  MemorySize memory();

  @Describe("Failures of an engine in a row after which it is left alone for a while.")
  @Between(least = 1, most = 1_000)
  @WithDefault("3")
  int maxFailures();

  @Describe(
      "How long it is left alone the first time; twice as long each time that it fails again.")
  @Shortest("1ms")
  @WithDefault("5s")
  Duration firstPause();

  @Describe("The longest that it is left alone; at least as long as the first pause.")
  @Shortest("1ms")
  @WithDefault("2m")
  Duration longestPause();
}
