// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of sessions. */
@Describe("What the sessions of all clients may take.")
public interface SessionKeys {
  @Describe("Sessions open at once.")
  @Between(least = 1)
  @WithDefault("1000")
  int max();

  @Describe("Sessions of one user open at once.")
  @Between(least = 1)
  @WithDefault("200")
  int maxPerUser();

  @Describe("A session without a call for so long, and without a running statement, is closed.")
  @WithDefault("6h")
  Duration idleTimeout();
}
