// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.scan.ScanRequest;
import java.util.List;

/**
 * What a query means: everything resolved and typed by Spark's rules, and what it reads of each
 * table. Immutable.
 *
 * @param query the whole query; the names of its output are the labels of the result, empty where
 *     Spark's label is not known
 * @param scans every table reference in the order in which it was met, and what is wanted of it
 */
public record Analysis(TypedQuery query, List<Scan> scans) {
  public Analysis {
    requireNonNull(query, "query");
    scans = List.copyOf(scans);
  }

  /**
   * One table reference.
   *
   * @param source where it stands in the query
   * @param request the columns read and the predicate that certainly holds
   */
  public record Scan(Source.TableScan source, ScanRequest request) {
    public Scan {
      requireNonNull(source, "source");
      requireNonNull(request, "request");
    }
  }
}
