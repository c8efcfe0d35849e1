// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of statements. */
@Describe("What statements and metadata calls may take.")
public interface OperationKeys {
  @Describe("Statements running at once in the gateway; each holds a thread.")
  @Between(least = 1, most = 100_000)
  @WithDefault("200")
  int maxRunning();

  @Describe("Operations that one session may have open, whatever their state.")
  @Between(least = 1)
  @WithDefault("100")
  int maxPerSession();

  @Describe(
      "The longest a statement may run. A client asks for less by kyuubi.operation.query.timeout or JDBC's setQueryTimeout.")
  @WithDefault("24h")
  Duration timeout();

  @Describe(
      "An operation that is over and was not asked about for so long is closed, and frees its result.")
  @WithDefault("1h")
  Duration idleTimeout();

  @Describe("Rows in one answer to a fetch, whatever the client asks for.")
  @Between(least = 1, most = 1_000_000)
  @WithDefault("20000")
  int maxFetchRows();

  @Describe("Lines kept of one operation's log; the oldest go first.")
  @Between(least = 1, most = 1_000_000)
  @WithDefault("2000")
  int logLines();
}
