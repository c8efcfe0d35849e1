// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import java.util.List;

/**
 * Whether two schemas are the same but for the case of names, nullability, and CHAR or VARCHAR for
 * STRING: Spark's condition for taking the schema it stored itself over the Metastore's.
 */
final class SchemaComparison {
  private SchemaComparison() {}

  static boolean same(List<Column> left, List<Column> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!left.get(i).name().equalsIgnoreCase(right.get(i).name())
          || !same(left.get(i).type(), right.get(i).type())) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(DataType left, DataType right) {
    if (left instanceof DataType.Array a && right instanceof DataType.Array b) {
      return same(a.element(), b.element());
    }
    if (left instanceof DataType.Map a && right instanceof DataType.Map b) {
      return same(a.key(), b.key()) && same(a.value(), b.value());
    }
    if (left instanceof DataType.Struct a && right instanceof DataType.Struct b) {
      return sameFields(a.fields(), b.fields());
    }
    return left.equals(right) || (isText(left) && isText(right));
  }

  private static boolean sameFields(List<DataType.Field> left, List<DataType.Field> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!left.get(i).name().equalsIgnoreCase(right.get(i).name())
          || !same(left.get(i).type(), right.get(i).type())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(DataType type) {
    return type == DataType.Simple.STRING
        || type instanceof DataType.Char
        || type instanceof DataType.Varchar;
  }
}
