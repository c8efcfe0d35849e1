// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.scan.ScanRequest;
import io.kitsune.router.PartitionUse;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.iceberg.expressions.And;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Not;
import org.apache.iceberg.expressions.Or;
import org.apache.iceberg.expressions.UnboundPredicate;

/** Whether a scan's condition is about the partitions of its table. */
final class PartitionConditions {
  private PartitionConditions() {}

  static PartitionUse of(ScanRequest request) {
    Set<String> partitions = partitionColumns(request.table());
    if (partitions.isEmpty()) {
      return PartitionUse.NOT_PARTITIONED;
    }
    return restricts(request.predicate(), partitions)
        ? PartitionUse.RESTRICTED
        : PartitionUse.UNRESTRICTED;
  }

  private static Set<String> partitionColumns(Table table) {
    Set<String> names = new HashSet<>();
    if (table instanceof HiveTable hive) {
      hive.partitionColumns().stream().map(Column::name).forEach(names::add);
    } else if (table instanceof IcebergTable iceberg) {
      iceberg.handle().spec().fields().stream()
          .filter(field -> !field.transform().isVoid())
          .map(field -> iceberg.handle().schema().findColumnName(field.sourceId()))
          .filter(name -> name != null)
          .forEach(names::add);
    }
    Set<String> lower = new HashSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return lower;
  }

  private static boolean restricts(Expression condition, Set<String> partitions) {
    if (condition instanceof And and) {
      return restricts(and.left(), partitions) || restricts(and.right(), partitions);
    }
    Set<String> columns = new HashSet<>();
    collect(condition, columns);
    return !columns.isEmpty() && partitions.containsAll(columns);
  }

  private static void collect(Expression condition, Set<String> columns) {
    if (condition instanceof And and) {
      collect(and.left(), columns);
      collect(and.right(), columns);
    } else if (condition instanceof Or or) {
      collect(or.left(), columns);
      collect(or.right(), columns);
    } else if (condition instanceof Not not) {
      collect(not.child(), columns);
    } else if (condition instanceof UnboundPredicate<?> predicate) {
      columns.add(predicate.ref().name().toLowerCase(Locale.ROOT));
    }
  }
}
