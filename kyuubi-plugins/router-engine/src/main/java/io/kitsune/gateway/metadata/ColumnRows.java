// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.metadata;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.gateway.answer.Answer;
import java.sql.DatabaseMetaData;
import java.util.List;

/** The rows of GetColumns. */
final class ColumnRows {
  static final List<Column> COLUMNS =
      List.of(
          Column.of("TABLE_CAT", Simple.STRING),
          Column.of("TABLE_SCHEM", Simple.STRING),
          Column.of("TABLE_NAME", Simple.STRING),
          Column.of("COLUMN_NAME", Simple.STRING),
          Column.of("DATA_TYPE", Simple.INT),
          Column.of("TYPE_NAME", Simple.STRING),
          Column.of("COLUMN_SIZE", Simple.INT),
          Column.of("BUFFER_LENGTH", Simple.INT),
          Column.of("DECIMAL_DIGITS", Simple.INT),
          Column.of("NUM_PREC_RADIX", Simple.INT),
          Column.of("NULLABLE", Simple.INT),
          Column.of("REMARKS", Simple.STRING),
          Column.of("COLUMN_DEF", Simple.STRING),
          Column.of("SQL_DATA_TYPE", Simple.INT),
          Column.of("SQL_DATETIME_SUB", Simple.INT),
          Column.of("CHAR_OCTET_LENGTH", Simple.INT),
          Column.of("ORDINAL_POSITION", Simple.INT),
          Column.of("IS_NULLABLE", Simple.STRING),
          Column.of("SCOPE_CATALOG", Simple.STRING),
          Column.of("SCOPE_SCHEMA", Simple.STRING),
          Column.of("SCOPE_TABLE", Simple.STRING),
          Column.of("SOURCE_DATA_TYPE", Simple.SMALLINT),
          Column.of("IS_AUTO_INCREMENT", Simple.STRING),
          Column.of("IS_GENERATEDCOLUMN", Simple.STRING));

  private ColumnRows() {}

  /**
   * @param position counted from 1, partition columns included
   */
  static List<Object> row(
      String catalog, String schema, String table, Column column, int position) {
    JdbcType type = JdbcType.of(column.type());
    return Answer.row(
        catalog,
        schema,
        table,
        column.name(),
        type.code(),
        type.name(),
        type.size(),
        null,
        type.digits(),
        type.radix(),
        column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
        column.comment(),
        null,
        null,
        null,
        isText(column.type()) ? type.size() : null,
        position,
        column.nullable() ? "YES" : "NO",
        null,
        null,
        null,
        null,
        "NO",
        "NO");
  }

  private static boolean isText(DataType type) {
    return type == Simple.STRING
        || type instanceof DataType.Char
        || type instanceof DataType.Varchar;
  }
}
