// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.scan.ScanRequest;
import io.kitsune.router.resolution.Resolution;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.iceberg.expressions.Expression;

/** Analyses queries by Spark's rules with ANSI mode off. Stateless. */
public final class Analyzer {
  private Analyzer() {}

  /**
   * Analyses a query as read.
   *
   * @param tree not changed
   * @param zone the session's time zone
   * @throws Refusal if a construct is not known exactly, or Spark would report an error
   */
  public static Analysis analyze(SqlNode tree, Resolution resolution, ZoneId zone) {
    QueryAnalyzer queries = new QueryAnalyzer(resolution, zone);
    TypedQuery query = queries.query(tree);
    Set<Field> used = UsedFields.of(query);
    Map<Source.TableScan, Expression> predicates = ScanPredicates.of(query, queries.scans());
    List<Analysis.Scan> scans = new ArrayList<>();
    for (Source.TableScan scan : queries.scans()) {
      Set<String> columns = new LinkedHashSet<>();
      for (int i = 0; i < scan.fields().size(); i++) {
        if (used.contains(scan.fields().get(i))) {
          columns.add(scan.table().columns().get(i).name());
        }
      }
      scans.add(
          new Analysis.Scan(scan, new ScanRequest(scan.table(), columns, predicates.get(scan))));
    }
    return new Analysis(query, scans);
  }
}
