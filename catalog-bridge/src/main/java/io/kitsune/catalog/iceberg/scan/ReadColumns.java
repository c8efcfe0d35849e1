// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import io.kitsune.catalog.scan.ColumnLookup;
import io.kitsune.catalog.scan.ReadHazard.Kind;
import io.kitsune.catalog.scan.ScanRequest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The top-level columns that a request reads.
 *
 * @param read those it names
 * @param touched those, and the ones its predicate is about
 */
record ReadColumns(List<NestedField> read, List<NestedField> touched) {

  /** Looks the names up; one that is no column, and a type that is not known exact, is a hazard. */
  static ReadColumns of(ScanRequest request, Schema schema, Hazards hazards) {
    Set<NestedField> read = new LinkedHashSet<>();
    for (String name : request.columns()) {
      Optional<NestedField> column = ColumnLookup.find(schema, name);
      column.ifPresentOrElse(
          read::add,
          () -> hazards.add(Kind.OTHER, "column %s is not in the table".formatted(name)));
    }
    Set<NestedField> touched = new LinkedHashSet<>(read);
    PredicateColumns.of(request.predicate())
        .forEach(name -> ColumnLookup.find(schema, name).ifPresent(touched::add));
    touched.forEach(column -> checkType(column, hazards));
    checkNames(schema, hazards);
    return new ReadColumns(List.copyOf(read), List.copyOf(touched));
  }

  private static void checkType(NestedField column, Hazards hazards) {
    Type inexact =
        TypeUtil.find(
            new Schema(Types.NestedField.optional(column.fieldId(), "c", column.type())),
            type -> !PhysicalTypes.known(type));
    if (inexact != null) {
      hazards.addOfColumn(Kind.PHYSICAL_TYPE, column.name(), "holds the type " + inexact);
    }
  }

  private static void checkNames(Schema schema, Hazards hazards) {
    Set<String> names = new HashSet<>();
    for (NestedField column : schema.columns()) {
      if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
        hazards.addOfColumn(Kind.COLUMN_NAMES, column.name(), "differs from another only by case");
      }
    }
  }
}
