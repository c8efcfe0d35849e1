// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import io.kitsune.catalog.scan.ReadHazard;
import io.kitsune.catalog.scan.ReadHazard.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/**
 * Compares a file's physical schema with the columns read of it, by field id: where a reader that
 * only matches top-level columns by id would go wrong, that is a hazard. Exact (measured) are
 * top-level renames, moves, drops and re-adds under the same name, int to bigint, float to double,
 * wider decimals, and default values of int and string.
 */
final class FileSchemaCheck {
  private static final Set<TypeID> EXACT_DEFAULTS = Set.of(TypeID.INTEGER, TypeID.STRING);

  private final Collection<NestedField> columns;
  private final Set<Integer> identityPartitionSources;

  /**
   * @param columns the top-level columns read
   * @param identityPartitionSources the ids of columns by whose values the file's partition is made
   */
  FileSchemaCheck(Collection<NestedField> columns, Set<Integer> identityPartitionSources) {
    this.columns = List.copyOf(columns);
    this.identityPartitionSources = Set.copyOf(identityPartitionSources);
  }

  /** The hazards of one file schema, without the file's name. */
  List<ReadHazard> hazards(FileSchema file) {
    List<ReadHazard> hazards = new ArrayList<>();
    if (!everyFieldHasAnId(file.columns())) {
      // Without ids nothing below can be told; Iceberg itself reads such files by name.
      hazards.add(new ReadHazard(Kind.NO_FIELD_IDS, "no field ids"));
    }
    file.oddities().stream()
        .sorted()
        .forEach(oddity -> hazards.add(new ReadHazard(Kind.PHYSICAL_TYPE, oddity)));
    for (NestedField column : columns) {
      check(column, file, hazards);
    }
    return hazards;
  }

  private void check(NestedField column, FileSchema file, List<ReadHazard> hazards) {
    List<Type> found =
        file.columns().getFields().stream()
            .filter(field -> field.getId() != null && field.getId().intValue() == column.fieldId())
            .toList();
    if (found.isEmpty()) {
      absent(column, hazards);
      return;
    }
    if (found.size() > 1) {
      hazards.add(new ReadHazard(Kind.OTHER, column.name(), "its field id stands twice"));
      return;
    }
    Type physical = found.get(0);
    if (column.type().isPrimitiveType()) {
      primitive(column, physical, hazards);
    } else {
      NestedSchemaCheck.difference(column, physical)
          .ifPresent(
              what -> hazards.add(new ReadHazard(Kind.NESTED_EVOLUTION, column.name(), what)));
    }
    if (file.legacyCalendar() && PhysicalTypes.holdsDatesOrTimestamps(column.type())) {
      hazards.add(
          new ReadHazard(Kind.LEGACY_CALENDAR, column.name(), "may be in the hybrid calendar"));
    }
  }

  private void absent(NestedField column, List<ReadHazard> hazards) {
    if (identityPartitionSources.contains(column.fieldId())) {
      hazards.add(
          new ReadHazard(
              Kind.MISSING_PARTITION_COLUMN, column.name(), "is only a partition value"));
    } else if (column.initialDefault() != null
        && !EXACT_DEFAULTS.contains(column.type().typeId())) {
      hazards.add(
          new ReadHazard(
              Kind.PHYSICAL_TYPE, column.name(), "has a default of type " + column.type()));
    } else if (column.initialDefault() == null && column.isRequired()) {
      hazards.add(new ReadHazard(Kind.OTHER, column.name(), "is required and absent"));
    }
  }

  private static void primitive(NestedField column, Type physical, List<ReadHazard> hazards) {
    // INT96 is among what is not exact: a reader that takes columns by field id does not convert
    // it.
    if (physical.isRepetition(Type.Repetition.REPEATED)
        || !physical.isPrimitive()
        || !PhysicalTypes.exact(column.type().asPrimitiveType(), physical.asPrimitiveType())) {
      hazards.add(
          new ReadHazard(
              Kind.PHYSICAL_TYPE,
              column.name(),
              "of type %s is stored as %s"
                  .formatted(column.type(), PhysicalTypes.describe(physical))));
    }
  }

  private static boolean everyFieldHasAnId(GroupType group) {
    return group.getFields().stream().allMatch(field -> field.getId() != null);
  }
}
