// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.metadata;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.gateway.answer.Answer;
import java.sql.DatabaseMetaData;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** GetTypeInfo: the types a column can have. */
final class TypeInfo {
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("TYPE_NAME", Simple.STRING),
          Column.of("DATA_TYPE", Simple.INT),
          Column.of("PRECISION", Simple.INT),
          Column.of("LITERAL_PREFIX", Simple.STRING),
          Column.of("LITERAL_SUFFIX", Simple.STRING),
          Column.of("CREATE_PARAMS", Simple.STRING),
          Column.of("NULLABLE", Simple.SMALLINT),
          Column.of("CASE_SENSITIVE", Simple.BOOLEAN),
          Column.of("SEARCHABLE", Simple.SMALLINT),
          Column.of("UNSIGNED_ATTRIBUTE", Simple.BOOLEAN),
          Column.of("FIXED_PREC_SCALE", Simple.BOOLEAN),
          Column.of("AUTO_INCREMENT", Simple.BOOLEAN),
          Column.of("LOCAL_TYPE_NAME", Simple.STRING),
          Column.of("MINIMUM_SCALE", Simple.SMALLINT),
          Column.of("MAXIMUM_SCALE", Simple.SMALLINT),
          Column.of("SQL_DATA_TYPE", Simple.INT),
          Column.of("SQL_DATETIME_SUB", Simple.INT),
          Column.of("NUM_PREC_RADIX", Simple.INT));

  private static final int GREATEST_PRECISION = 38;

  /** A placeholder: the parameters are cut off the name. */
  private static final List<DataType> PARAMETRIC =
      List.of(
          new DataType.Decimal(GREATEST_PRECISION, 0),
          new DataType.Char(255),
          new DataType.Varchar(65_535),
          new DataType.Array(Simple.STRING, true),
          new DataType.Map(Simple.STRING, Simple.STRING, true),
          new DataType.Struct(List.of()));

  private static final Set<Simple> TEXT = Set.of(Simple.STRING);

  private TypeInfo() {}

  static Answer answer() {
    return new Answer(
        COLUMNS,
        Stream.concat(Stream.of(Simple.values()), PARAMETRIC.stream())
            .sorted(Comparator.comparingInt(type -> JdbcType.of(type).code()))
            .map(TypeInfo::row)
            .toList());
  }

  private static List<Object> row(DataType type) {
    JdbcType jdbc = JdbcType.of(type);
    boolean text =
        TEXT.contains(type) || type instanceof DataType.Char || type instanceof DataType.Varchar;
    boolean decimal = type instanceof DataType.Decimal;
    boolean quoted = text || type == Simple.DATE || type == Simple.TIMESTAMP;
    boolean nested =
        type instanceof DataType.Array
            || type instanceof DataType.Map
            || type instanceof DataType.Struct;
    return Answer.row(
        jdbc.name().replaceFirst("[(<].*", ""),
        jdbc.code(),
        jdbc.size(),
        quoted ? "'" : null,
        quoted ? "'" : null,
        decimal ? "precision,scale" : text && type != Simple.STRING ? "length" : null,
        (short) DatabaseMetaData.typeNullable,
        text,
        (short) (nested ? DatabaseMetaData.typePredNone : DatabaseMetaData.typeSearchable),
        jdbc.radix() == null,
        false,
        false,
        null,
        (short) 0,
        (short) (decimal ? GREATEST_PRECISION : 0),
        null,
        null,
        jdbc.radix());
  }
}
