// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.scan;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Table;
import java.util.Set;
import org.apache.iceberg.expressions.Expression;

/**
 * What a statement wants of one table.
 *
 * @param table a {@link io.kitsune.catalog.HiveTable} or {@link io.kitsune.catalog.IcebergTable}
 * @param columns the top-level columns read, by the table's own names; empty for {@code count(*)}
 * @param predicate what certainly holds of every row that matters, as an unbound Iceberg expression
 *     over the table's column names ({@code Expressions.alwaysTrue()} for nothing known). Literals
 *     are in Iceberg's forms: dates as days or ISO text, timestamps as microseconds.
 */
public record ScanRequest(Table table, Set<String> columns, Expression predicate) {
  public ScanRequest {
    requireNonNull(table, "table");
    columns = Set.copyOf(columns);
    requireNonNull(predicate, "predicate");
  }
}
