// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many statements an engine takes. Each engine's group has these keys under its own name. */
public interface EngineLimitKeys {
  @Describe("Statements that run in it at the same time.")
  @Between(least = 1, most = 10_000)
  @WithDefault("16")
  int maxRunning();

  @Describe("Statements that wait for one of those to end; further ones fail at once.")
  @Between(least = 0, most = 1_000_000)
  @WithDefault("256")
  int maxQueued();

  @Describe("Statements of one user that run in it; 0 for as many as of all together.")
  @Between(least = 0, most = 10_000)
  @WithDefault("0")
  int maxRunningPerUser();

  @Describe("Statements of one user that wait; 0 for as many as of all together.")
  @Between(least = 0, most = 1_000_000)
  @WithDefault("0")
  int maxQueuedPerUser();

  @Describe("How long a statement waits for its turn before it fails.")
  @WithDefault("5m")
  Duration queueTimeout();
}
