// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import java.util.List;
import java.util.Optional;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Looks for any difference inside a nested column between the table's schema and a file's: readers
 * other than Iceberg's match nested fields by name and place, and give other values in silence.
 */
final class NestedSchemaCheck {
  private NestedSchemaCheck() {}

  /** The first difference, in words, or empty if there is none. */
  static Optional<String> difference(NestedField field, Type stored) {
    if (stored.getId() == null || stored.getId().intValue() != field.fieldId()) {
      return different(field.name(), "is stored as another field, " + stored.getName());
    }
    if (field.type().isPrimitiveType()) {
      return stored.isPrimitive()
              && !stored.isRepetition(Repetition.REPEATED)
              && PhysicalTypes.own(field.type().asPrimitiveType(), stored.asPrimitiveType())
          ? Optional.empty()
          : different(
              field.name(),
              "of type %s is stored as %s".formatted(field.type(), PhysicalTypes.describe(stored)));
    }
    if (stored.isPrimitive() || stored.isRepetition(Repetition.REPEATED)) {
      return different(field.name(), "is stored as " + PhysicalTypes.describe(stored));
    }
    GroupType group = stored.asGroupType();
    if (field.type().isStructType()) {
      return struct(field, group);
    }
    if (field.type().isListType()) {
      return list(field, group);
    }
    if (field.type().isMapType()) {
      return map(field, group);
    }
    return different(field.name(), "of type %s is not known".formatted(field.type()));
  }

  private static Optional<String> struct(NestedField field, GroupType group) {
    List<NestedField> fields = field.type().asStructType().fields();
    if (fields.size() != group.getFieldCount()) {
      return different(
          field.name(),
          "has %d fields and is stored with %d".formatted(fields.size(), group.getFieldCount()));
    }
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).name().equals(group.getType(i).getName())) {
        return different(
            field.name() + "." + fields.get(i).name(),
            "stands where the file has " + group.getType(i).getName());
      }
      Optional<String> inner = difference(fields.get(i), group.getType(i));
      if (inner.isPresent()) {
        return inner.map(what -> field.name() + "." + what);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> list(NestedField field, GroupType group) {
    Types.ListType list = field.type().asListType();
    return group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
            && threeLevels(group, 1)
        ? difference(list.fields().get(0), group.getType(0).asGroupType().getType(0))
            .map(what -> field.name() + "." + what)
        : different(field.name(), "is not stored as a list of three levels");
  }

  private static Optional<String> map(NestedField field, GroupType group) {
    Types.MapType map = field.type().asMapType();
    if (!(group.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation)
        || !threeLevels(group, 2)) {
      return different(field.name(), "is not stored as a map of three levels");
    }
    GroupType entries = group.getType(0).asGroupType();
    return difference(map.fields().get(0), entries.getType(0))
        .or(() -> difference(map.fields().get(1), entries.getType(1)))
        .map(what -> field.name() + "." + what);
  }

  private static boolean threeLevels(GroupType group, int innerFields) {
    return group.getFieldCount() == 1
        && !group.getType(0).isPrimitive()
        && group.getType(0).isRepetition(Repetition.REPEATED)
        && group.getType(0).asGroupType().getFieldCount() == innerFields;
  }

  private static Optional<String> different(String field, String what) {
    return Optional.of(field + " " + what);
  }
}
