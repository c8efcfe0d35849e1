// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How much planning one scan may take.
 *
 * @param maximumFiles that a plan may hold; with more of them after pruning, the statement stays on
 *     Spark
 * @param keptBounds how many files times columns to remember between scans, each some hundred
 *     bytes; 0 reads the manifests for every scan
 * @param footerTime how long to wait for footers not read before; files whose footer was not read
 *     in time keep the statement on Spark, and the next one finds more of them read
 * @param footerThreads that read footers, for all scans together
 */
public record ScanLimits(int maximumFiles, int keptBounds, Duration footerTime, int footerThreads) {
  /** 10,000 files, 200,000 bounds (up to about 100 MB), 5 seconds, 8 threads. */
  public static final ScanLimits USUAL = new ScanLimits(10_000, 200_000, Duration.ofSeconds(5), 8);

  public ScanLimits {
    requireNonNull(footerTime, "footerTime");
    if (maximumFiles < 1 || keptBounds < 0 || footerThreads < 1 || footerTime.toMillis() < 1) {
      throw new IllegalArgumentException(
          "limits out of range: %d files, %d bounds, %s, %d threads"
              .formatted(maximumFiles, keptBounds, footerTime, footerThreads));
    }
  }
}
