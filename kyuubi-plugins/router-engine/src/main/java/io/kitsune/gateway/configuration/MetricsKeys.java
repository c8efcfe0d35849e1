// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;

/** Figures for Prometheus. */
@Describe(
    "Figures of the gateway and its engines, which Prometheus reads at http://host:port/metrics: docs/metrics.md. They hold no names and"
        + " no texts, and whoever reaches the port may read them.")
public interface MetricsKeys {
  @Describe(
      "Whether they are served. Off unless set, since Kyuubi's server, which serves its own by itself, may run on this machine and have the port.")
  @WithDefault("false")
  boolean enabled();

  @Describe("The address to listen on.")
  @WithDefault("127.0.0.1")
  String host();

  @Describe("The port to listen on, by default the one that Kyuubi uses; 0 takes a free one.")
  @Between(least = 0, most = 65_535)
  @WithDefault("10019")
  int port();
}
