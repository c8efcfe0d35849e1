// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.decision;

import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.router.RoutingDecision.Scan;
import java.util.List;
import java.util.Locale;

/**
 * What a statement scans in all.
 *
 * @param bytes of the columns read, as stored; assumed for scans of unknown size
 * @param rows where they are known
 * @param scans how many
 * @param unknown of how many of them the size is assumed
 */
public record ScanLoad(double bytes, double rows, double files, int scans, int unknown) {

  /** Of those scans. */
  static ScanLoad of(List<Scan> scans, long unknownBytes) {
    double bytes = 0;
    double rows = 0;
    double files = 0;
    int unknown = 0;
    for (Scan scan : scans) {
      ScanEstimate estimate = scan.estimate();
      unknown += estimate.bytes().isEmpty() ? 1 : 0;
      bytes += estimate.bytes().orElse(unknownBytes);
      rows += estimate.rows().orElse(0);
      files += estimate.files().orElse(1);
    }
    return new ScanLoad(bytes, rows, files, scans.size(), unknown);
  }

  String inWords() {
    if (scans == 0) {
      return "no scan is known";
    }
    String size =
        String.format(Locale.ROOT, "%.1f MB, %,.0f rows, %,.0f files", bytes / 1e6, rows, files);
    return unknown == 0 ? size : size + ", assumed for " + unknown + " of unknown size";
  }
}
