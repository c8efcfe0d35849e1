// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.scan.PruningPredicate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * Which partitions may hold rows that satisfy a predicate. What the predicate asks of other
 * columns, and of partition values that cannot be read for certain, is taken to be true. Used by
 * one thread.
 */
final class PartitionPruning {
  private final List<Column> columns;
  private final Expression predicate;

  /** By which columns have values that can be read; mostly there is one entry, for all. */
  private final Map<List<Boolean>, Optional<Evaluator>> evaluators = new HashMap<>();

  PartitionPruning(List<Column> partitionColumns, Expression predicate) {
    this.columns = partitionColumns;
    this.predicate = predicate;
  }

  /**
   * Whether to keep a partition.
   *
   * @param texts one for each partition column, in order; null for NULL
   */
  boolean mayMatch(List<String> texts) {
    if (texts.size() != columns.size()) {
      return true;
    }
    List<Object> values = new ArrayList<>();
    List<Boolean> readable = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String text = texts.get(i);
      if (text == null) {
        readable.add(true);
        values.add(null);
        continue;
      }
      Optional<Object> value = PartitionValue.parse(text, columns.get(i).type());
      readable.add(value.isPresent());
      value.ifPresent(values::add);
    }
    return evaluators
        .computeIfAbsent(readable, this::evaluator)
        .map(evaluator -> evaluator.eval(new Values(values)))
        .orElse(true);
  }

  /** An evaluator over the columns marked, in order; empty if it would let everything pass. */
  private Optional<Evaluator> evaluator(List<Boolean> readable) {
    List<Column> considered = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (readable.get(i)) {
        considered.add(columns.get(i));
      }
    }
    Schema schema = IcebergTypes.schema(considered);
    if (schema.columns().size() != considered.size()) {
      // A NULL in a column whose type cannot be compared: not worth telling apart.
      return Optional.empty();
    }
    Expression relevant = PruningPredicate.of(predicate, schema, schema);
    return relevant.op() == Expressions.alwaysTrue().op()
        ? Optional.empty()
        : Optional.of(new Evaluator(schema.asStruct(), relevant, true));
  }

  private record Values(List<Object> values) implements StructLike {
    @Override
    public int size() {
      return values.size();
    }

    @Override
    public <T> T get(int position, Class<T> type) {
      return type.cast(values.get(position));
    }

    @Override
    public <T> void set(int position, T value) {
      throw new UnsupportedOperationException("a partition's values do not change");
    }
  }
}
