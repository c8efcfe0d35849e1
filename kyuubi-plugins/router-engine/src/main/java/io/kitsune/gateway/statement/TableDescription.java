// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.gateway.answer.Answer;
import io.kitsune.router.RoutingDecision.Redirected;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement.TableReference;
import java.util.ArrayList;
import java.util.List;

/** DESCRIBE and SHOW COLUMNS, with the rows of Spark's {@code DescribeTableCommand}. */
final class TableDescription {
  private static final List<String> LABELS = List.of("col_name", "data_type", "comment");

  private final Catalogs catalogs;
  private final SessionState state;
  private final List<Redirected> redirected;

  /**
   * @param redirected the statement's names that mean another table today
   */
  TableDescription(Catalogs catalogs, SessionState state, List<Redirected> redirected) {
    this.catalogs = catalogs;
    this.state = state;
    this.redirected = redirected;
  }

  Outcome describe(TableReference reference, String text) {
    if (temporary(reference)) {
      return new Outcome.LeftToSpark(text);
    }
    Table table = load(reference);
    List<List<Object>> rows = new ArrayList<>();
    table.columns().forEach(column -> rows.add(row(column)));
    if (table instanceof HiveTable hive) {
      partitionColumns(hive.partitionColumns(), rows);
    } else if (table instanceof IcebergTable iceberg) {
      IcebergPartitioning.describe(iceberg, rows);
    }
    return Outcome.Answered.with(
        new Answer(
            List.of(
                new Column(LABELS.get(0), Simple.STRING, false, "name of the column"),
                new Column(LABELS.get(1), Simple.STRING, false, "data type of the column"),
                new Column(LABELS.get(2), Simple.STRING, true, "comment of the column")),
            rows));
  }

  Outcome showColumns(TableReference reference, String text) {
    if (temporary(reference)) {
      return new Outcome.LeftToSpark(text);
    }
    return Outcome.Answered.with(
        new Answer(
            Answer.strings("col_name"),
            load(reference).columns().stream().map(column -> Answer.row(column.name())).toList()));
  }

  private boolean temporary(TableReference reference) {
    return reference.parts().size() == 1
        && States.temporaryView(state, reference.parts().get(0)).isPresent();
  }

  private Table load(TableReference reference) {
    TableName written = new Namespaces(catalogs, state).table(reference.parts());
    TableName meant =
        redirected.stream()
            .filter(name -> sameName(name.written(), written))
            .map(Redirected::meant)
            .findFirst()
            .orElse(written);
    return catalogs
        .load(meant, new Version.Current())
        .orElseThrow(() -> Errors.tableNotFound(reference.parts()));
  }

  private static boolean sameName(TableName one, TableName other) {
    return one.toString().equalsIgnoreCase(other.toString());
  }

  /** The block that Spark puts behind the columns of a partitioned table. */
  static void partitionColumns(List<Column> columns, List<List<Object>> rows) {
    if (columns.isEmpty()) {
      return;
    }
    rows.add(Answer.row("# Partition Information", "", ""));
    rows.add(Answer.row("# " + LABELS.get(0), LABELS.get(1), LABELS.get(2)));
    columns.forEach(column -> rows.add(row(column)));
  }

  private static List<Object> row(Column column) {
    return Answer.row(
        column.name(), column.type().sql(), column.comment().isEmpty() ? null : column.comment());
  }
}
