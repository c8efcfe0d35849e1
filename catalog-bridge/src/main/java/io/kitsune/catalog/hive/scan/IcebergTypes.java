// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Hive columns as Iceberg's, so that Iceberg's evaluators can prune them. Only types whose values
 * compare in Iceberg as they do in Spark: CHAR is padded, and the order of floating-point numbers
 * differs in NaN and zeros, which bounds cannot tell.
 */
final class IcebergTypes {
  private IcebergTypes() {}

  /**
   * The columns that have a type here; a column's id is its place in the list and 1 more, and those
   * without a type are left out.
   */
  static Schema schema(List<Column> columns) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int id = i + 1;
      String name = columns.get(i).name();
      of(columns.get(i).type())
          .ifPresent(type -> fields.add(Types.NestedField.optional(id, name, type)));
    }
    return new Schema(fields);
  }

  static Optional<Type> of(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return Optional.of(Types.DecimalType.of(decimal.precision(), decimal.scale()));
    }
    if (type instanceof DataType.Varchar) {
      return Optional.of(Types.StringType.get());
    }
    if (!(type instanceof DataType.Simple simple)) {
      return Optional.empty();
    }
    return switch (simple) {
      case BOOLEAN -> Optional.of(Types.BooleanType.get());
      case TINYINT, SMALLINT, INT -> Optional.of(Types.IntegerType.get());
      case BIGINT -> Optional.of(Types.LongType.get());
      case DATE -> Optional.of(Types.DateType.get());
      case STRING -> Optional.of(Types.StringType.get());
      case TIMESTAMP -> Optional.of(Types.TimestampType.withZone());
      case TIMESTAMP_NTZ -> Optional.of(Types.TimestampType.withoutZone());
      case FLOAT, DOUBLE, BINARY, VOID -> Optional.empty();
    };
  }
}
