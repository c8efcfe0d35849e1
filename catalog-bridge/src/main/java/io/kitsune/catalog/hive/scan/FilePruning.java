// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.files.ParquetFooter;
import io.kitsune.catalog.files.ParquetFooter.Leaf;
import io.kitsune.catalog.scan.PruningPredicate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/**
 * Which Parquet files may hold rows that satisfy a predicate, by the bounds in their footers. A
 * column's bounds count only where the file has it in exactly the table's type and in today's
 * calendar; a column that a file lacks is NULL throughout.
 */
final class FilePruning {
  private final HiveTable table;
  private final Schema schema;
  private final Optional<InclusiveMetricsEvaluator> evaluator;

  FilePruning(HiveTable table, Expression predicate) {
    this.table = table;
    this.schema = IcebergTypes.schema(table.dataColumns());
    Expression relevant = PruningPredicate.of(predicate, schema, schema);
    this.evaluator =
        relevant.op() == Expressions.alwaysTrue().op()
            ? Optional.empty()
            : Optional.of(new InclusiveMetricsEvaluator(schema, relevant, true));
  }

  boolean mayMatch(ParquetFooter footer) {
    return evaluator.map(e -> e.eval(metrics(footer))).orElse(true);
  }

  private DataFile metrics(ParquetFooter footer) {
    Map<Integer, Long> values = new HashMap<>();
    Map<Integer, Long> nulls = new HashMap<>();
    Map<Integer, ByteBuffer> least = new HashMap<>();
    Map<Integer, ByteBuffer> greatest = new HashMap<>();
    for (Types.NestedField field : schema.columns()) {
      int id = field.fieldId();
      Column column = table.dataColumns().get(id - 1);
      FileColumn found = FileColumn.find(column.name(), footer.schema());
      if (found instanceof FileColumn.Absent) {
        values.put(id, footer.rows());
        nulls.put(id, footer.rows());
      } else if (found instanceof FileColumn.Present present
          && isTrusted(column, present.type(), footer)) {
        Leaf leaf = footer.leaves().get(List.of(present.type().getName()));
        if (leaf == null) {
          continue;
        }
        values.put(id, leaf.values());
        if (leaf.nulls() >= 0) {
          nulls.put(id, leaf.nulls());
        }
        Optional<Object> low = leaf.least().flatMap(v -> value(v, column.type(), present.type()));
        Optional<Object> high =
            leaf.greatest().flatMap(v -> value(v, column.type(), present.type()));
        if (low.isPresent() && high.isPresent()) {
          least.put(id, Conversions.toByteBuffer(field.type(), low.get()));
          greatest.put(id, Conversions.toByteBuffer(field.type(), high.get()));
        }
      }
    }
    Metrics metrics =
        new Metrics(footer.rows(), Map.of(), values, nulls, Map.of(), least, greatest);
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath("of the footer")
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(1)
        .withMetrics(metrics)
        .build();
  }

  private static boolean isTrusted(Column column, Type file, ParquetFooter footer) {
    return PhysicalTypes.mismatch(column.type(), file).isEmpty()
        && Calendars.oldValues(file, List.of(file.getName()), footer).isEmpty();
  }

  /** A bound in Iceberg's form; empty if it has none. */
  private static Optional<Object> value(Object bound, DataType type, Type file) {
    if (type instanceof DataType.Decimal decimal) {
      if (bound instanceof Binary binary) {
        return binary.length() == 0
            ? Optional.empty()
            : Optional.of(new BigDecimal(new BigInteger(binary.getBytes()), decimal.scale()));
      }
      return Optional.of(BigDecimal.valueOf(((Number) bound).longValue(), decimal.scale()));
    }
    if (bound instanceof Binary text) {
      return text(text.toByteBuffer());
    }
    if (file.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp
        && timestamp.getUnit() == TimeUnit.MILLIS) {
      return microseconds((Long) bound);
    }
    return Optional.of(bound);
  }

  private static Optional<Object> microseconds(long milliseconds) {
    try {
      return Optional.of(Math.multiplyExact(milliseconds, 1000L));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Bounds may be cut short in the middle of a character; then they compare as something else. */
  private static Optional<Object> text(ByteBuffer bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
