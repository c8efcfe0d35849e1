// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.gateway.answer.Answer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.transforms.PartitionSpecVisitor;

/** How Spark's DESCRIBE shows the partitioning of an Iceberg table. */
final class IcebergPartitioning {
  private IcebergPartitioning() {}

  static void describe(IcebergTable table, List<List<Object>> rows) {
    PartitionSpec spec = table.handle().spec();
    List<PartitionField> fields =
        spec.fields().stream().filter(field -> !field.transform().isVoid()).toList();
    if (fields.isEmpty()) {
      return;
    }
    List<Optional<Column>> columns =
        fields.stream()
            .map(
                field ->
                    field.transform().isIdentity()
                        ? column(table, field)
                        : Optional.<Column>empty())
            .toList();
    if (columns.stream().allMatch(Optional::isPresent)) {
      TableDescription.partitionColumns(columns.stream().flatMap(Optional::stream).toList(), rows);
      return;
    }
    rows.add(Answer.row("", "", ""));
    rows.add(Answer.row("# Partitioning", "", ""));
    List<String> transforms =
        PartitionSpecVisitor.visit(spec, new Describer()).stream()
            .flatMap(Stream::ofNullable)
            .toList();
    for (int i = 0; i < transforms.size(); i++) {
      rows.add(Answer.row("Part " + i, transforms.get(i), ""));
    }
  }

  private static Optional<Column> column(IcebergTable table, PartitionField field) {
    String name = table.handle().schema().findColumnName(field.sourceId());
    return table.columns().stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** The transforms as Iceberg's Spark integration names them. */
  private static final class Describer implements PartitionSpecVisitor<String> {
    @Override
    public String identity(String sourceName, int sourceId) {
      return sourceName;
    }

    @Override
    public String bucket(String sourceName, int sourceId, int numBuckets) {
      return "bucket(%d, %s)".formatted(numBuckets, sourceName);
    }

    @Override
    public String truncate(String sourceName, int sourceId, int width) {
      return "truncate(%d, %s)".formatted(width, sourceName);
    }

    @Override
    public String year(String sourceName, int sourceId) {
      return "years(" + sourceName + ")";
    }

    @Override
    public String month(String sourceName, int sourceId) {
      return "months(" + sourceName + ")";
    }

    @Override
    public String day(String sourceName, int sourceId) {
      return "days(" + sourceName + ")";
    }

    @Override
    public String hour(String sourceName, int sourceId) {
      return "hours(" + sourceName + ")";
    }

    @Override
    public String alwaysNull(int fieldId, String sourceName, int sourceId) {
      return null;
    }

    @Override
    public String unknown(int fieldId, String sourceName, int sourceId, String transform) {
      return "%s(%s)".formatted(transform, sourceName);
    }
  }
}
