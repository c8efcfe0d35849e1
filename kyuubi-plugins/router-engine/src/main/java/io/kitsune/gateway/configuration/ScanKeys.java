// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of planning. */
@Describe("How much planning one table's scan may take; what takes more stays on Spark.")
public interface ScanKeys {
  @Describe("Files left after pruning.")
  @Between(least = 1)
  @WithDefault("10000")
  int maxFiles();

  @Describe(
      "How long to wait for the footers of files that were not read before; the next statement finds more of them read.")
  @WithDefault("5s")
  Duration footerTimeout();

  @Describe("Threads that read footers, for all scans together.")
  @Between(least = 1, most = 1_000)
  @WithDefault("8")
  int footerThreads();

  @Describe(
      "How many files times columns of Iceberg tables to remember the bounds of between statements, each some hundred bytes; 0 reads the manifests for every scan.")
  @Between(least = 0)
  @WithDefault("200000")
  int keptBounds();
}
