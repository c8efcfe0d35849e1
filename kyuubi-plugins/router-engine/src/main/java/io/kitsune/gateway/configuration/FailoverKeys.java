// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;

/** When an engine fails a query. */
@Describe(
    "What is done when an engine dies, runs out of memory or has no room for a query before its first row: it is decided again without that engine. Never for what may have written something, and never where the engine was asked for.")
public interface FailoverKeys {
  @Describe("How often one query is decided again; 0 for never.")
  @Between(least = 0, most = 10)
  @WithDefault("2")
  int maxAttempts();
}
