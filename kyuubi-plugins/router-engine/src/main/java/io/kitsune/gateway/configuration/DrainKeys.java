// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the gateway leaves. */
@Describe(
    "How the gateway leaves, told by 'kitsune drain', SIGTERM, or the deletion of its entry in ZooKeeper: no new sessions, the open ones finish, then it stops.")
public interface DrainKeys {
  @Describe(
      "How long the open sessions may take. Then their statements fail with GATEWAY_STOPPED (57P01). Whoever stops the process must wait longer: systemd's TimeoutStopSec, Kubernetes' terminationGracePeriodSeconds.")
  @WithDefault("30m")
  Duration timeout();
}
