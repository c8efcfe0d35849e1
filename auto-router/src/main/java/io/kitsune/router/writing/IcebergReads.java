// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.DuckDbTables.ReadColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.types.Types.NestedField;

/** An Iceberg snapshot's files: columns by field id, so that renames and promotions are right. */
final class IcebergReads {
  private final ScanPlan.IcebergFiles plan;
  private final List<ReadColumn> columns;

  IcebergReads(ScanPlan.IcebergFiles plan, List<ReadColumn> columns) {
    this.plan = plan;
    this.columns = columns;
  }

  String relation() {
    if (plan.files().isEmpty()) {
      return DuckDbTables.empty(columns);
    }
    List<String> entries = new ArrayList<>();
    for (ReadColumn column : columns) {
      NestedField field = plan.table().schema().findField(column.stored());
      if (field == null
          || field.initialDefault() != null
          || column.form() != ReadColumn.Form.AS_TYPED) {
        throw new Refusal(
            plan.table().name() + "." + column.stored(),
            Place.NONE,
            "A column with an initial default, or INT96, is not known to be read the same.");
      }
      entries.add(DuckDbTables.schemaEntry(Integer.toString(field.fieldId()), column));
    }
    if (entries.isEmpty()) {
      // Rows are counted by a column that is in no file.
      entries.add(
          DuckDbTables.schemaEntry(
              Integer.toString(ReadColumn.ID_IN_NO_FILE), ReadColumn.IN_NO_FILE));
    }
    return DuckDbTables.read(plan, plan.files(), entries);
  }
}
