// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.expressions.Projections;

/**
 * Decides by a file's partition and column bounds whether it may hold rows of a predicate, with the
 * evaluators that Iceberg's own planning uses. Used by one thread.
 */
final class FileFilter {
  private final Map<Integer, PartitionSpec> specs;
  private final Expression predicate;
  private final InclusiveMetricsEvaluator bounds;
  private final Map<Integer, Evaluator> partitions = new HashMap<>();

  /**
   * @param predicate over {@code schema}, whose every leaf binds to it
   */
  FileFilter(Map<Integer, PartitionSpec> specs, Schema schema, Expression predicate) {
    this.specs = specs;
    this.predicate = predicate;
    this.bounds = new InclusiveMetricsEvaluator(schema, predicate, true);
  }

  boolean keeps(DataFile file) {
    return partitions
            .computeIfAbsent(file.specId(), this::partitionEvaluator)
            .eval(file.partition())
        && bounds.eval(file);
  }

  private Evaluator partitionEvaluator(int specId) {
    PartitionSpec spec = specs.get(specId);
    return new Evaluator(
        spec.partitionType(), Projections.inclusive(spec, true).project(predicate), true);
  }
}
