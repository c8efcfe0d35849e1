// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.metadata;

import io.kitsune.catalog.DataType;
import java.sql.Types;
import java.util.Locale;

/**
 * A type as JDBC's metadata describes it; the codes are those that the Hive and Kyuubi drivers use
 * for result sets too.
 *
 * @param code of {@link Types}
 * @param name as users write it, in capitals
 * @param size digits or characters; null where there is no limit to name
 * @param digits behind the point; null where that means nothing
 * @param radix 10 for numbers, else null
 */
record JdbcType(int code, String name, Integer size, Integer digits, Integer radix) {
  private static final Integer NONE = null;

  static JdbcType of(DataType type) {
    String name = type.sql().toUpperCase(Locale.ROOT);
    if (type instanceof DataType.Simple simple) {
      return simple(simple, name);
    } else if (type instanceof DataType.Decimal decimal) {
      return new JdbcType(Types.DECIMAL, name, decimal.precision(), decimal.scale(), 10);
    } else if (type instanceof DataType.Char text) {
      return new JdbcType(Types.CHAR, name, text.length(), NONE, NONE);
    } else if (type instanceof DataType.Varchar text) {
      return new JdbcType(Types.VARCHAR, name, text.length(), NONE, NONE);
    } else if (type instanceof DataType.Array) {
      return new JdbcType(Types.ARRAY, name, NONE, NONE, NONE);
    } else if (type instanceof DataType.Map) {
      return new JdbcType(Types.JAVA_OBJECT, name, NONE, NONE, NONE);
    } else if (type instanceof DataType.Struct) {
      return new JdbcType(Types.STRUCT, name, NONE, NONE, NONE);
    }
    return new JdbcType(Types.OTHER, name, NONE, NONE, NONE);
  }

  private static JdbcType simple(DataType.Simple type, String name) {
    return switch (type) {
      case BOOLEAN -> new JdbcType(Types.BOOLEAN, name, 1, NONE, NONE);
      case TINYINT -> new JdbcType(Types.TINYINT, name, 3, 0, 10);
      case SMALLINT -> new JdbcType(Types.SMALLINT, name, 5, 0, 10);
      case INT -> new JdbcType(Types.INTEGER, name, 10, 0, 10);
      case BIGINT -> new JdbcType(Types.BIGINT, name, 19, 0, 10);
      case FLOAT -> new JdbcType(Types.FLOAT, name, 7, 7, 10);
      case DOUBLE -> new JdbcType(Types.DOUBLE, name, 15, 15, 10);
      case STRING -> new JdbcType(Types.VARCHAR, name, Integer.MAX_VALUE, NONE, NONE);
      case BINARY -> new JdbcType(Types.BINARY, name, Integer.MAX_VALUE, NONE, NONE);
      case DATE -> new JdbcType(Types.DATE, name, 10, NONE, NONE);
      // yyyy-MM-dd HH:mm:ss.SSSSSS
      case TIMESTAMP, TIMESTAMP_NTZ -> new JdbcType(Types.TIMESTAMP, name, 26, 6, NONE);
      case VOID -> new JdbcType(Types.NULL, name, NONE, NONE, NONE);
    };
  }
}
