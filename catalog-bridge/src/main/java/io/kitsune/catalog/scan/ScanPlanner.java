// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.scan;

/** Prunes and estimates. Thread-safe. */
public interface ScanPlanner {
  /**
   * The files that may hold rows satisfying the request, their estimate and hazards. Pruning never
   * loses a row: what cannot be decided is kept. A table whose files cannot be listed throws a
   * {@link io.kitsune.error.KitsuneException}; missing statistics only lower the confidence.
   */
  ScanPlan plan(ScanRequest request);
}
