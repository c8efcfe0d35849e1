// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A type of Spark SQL: the type of a table's column and of a result's column. {@link #sql()} is the
 * name as Spark's {@code DataType.catalogString} writes it ({@code decimal(10,2)}, {@code
 * struct<a:int>}), which is also Hive's.
 */
public sealed interface DataType {
  /** The type as Spark's {@code catalogString}. */
  String sql();

  /**
   * The type that a text means, as the Hive Metastore and Spark's DDL write types; names in any
   * case. An interval, a variant or a Hive union is {@link Unmodelled}. Elements, values and fields
   * are nullable unless the text says {@code NOT NULL}.
   *
   * @throws io.kitsune.error.KitsuneException {@code CATALOG_TYPE_UNREADABLE} if it is no type
   */
  static DataType parse(String text) {
    return TypeParser.parse(text);
  }

  /** The types without parameters. */
  enum Simple implements DataType {
    BOOLEAN,
    TINYINT,
    SMALLINT,
    INT,
    BIGINT,
    FLOAT,
    DOUBLE,
    STRING,
    BINARY,
    DATE,
    /** An instant, shown in the session's zone: microseconds since the epoch. */
    TIMESTAMP,
    /** A wall clock without a zone. */
    TIMESTAMP_NTZ,
    /** The type of {@code NULL}. */
    VOID;

    @Override
    public String sql() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An exact number.
   *
   * @param precision digits in all, 1 to 38
   * @param scale digits behind the point, 0 to precision
   */
  record Decimal(int precision, int scale) implements DataType {
    public Decimal {
      if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "no such type: decimal(%d,%d)".formatted(precision, scale));
      }
    }

    @Override
    public String sql() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /** Text padded with blanks to {@code length} characters. */
  record Char(int length) implements DataType {
    @Override
    public String sql() {
      return "char(" + length + ")";
    }
  }

  /** Text of at most {@code length} characters. */
  record Varchar(int length) implements DataType {
    @Override
    public String sql() {
      return "varchar(" + length + ")";
    }
  }

  /** A list; {@code elementNullable} says whether elements may be NULL. */
  record Array(DataType element, boolean elementNullable) implements DataType {
    public Array {
      requireNonNull(element, "element");
    }

    @Override
    public String sql() {
      return "array<" + element.sql() + ">";
    }
  }

  /** A map; keys are never NULL. */
  record Map(DataType key, DataType value, boolean valueNullable) implements DataType {
    public Map {
      requireNonNull(key, "key");
      requireNonNull(value, "value");
    }

    @Override
    public String sql() {
      return "map<" + key.sql() + "," + value.sql() + ">";
    }
  }

  /** A row of named fields. */
  record Struct(List<Field> fields) implements DataType {
    public Struct {
      fields = List.copyOf(fields);
    }

    @Override
    public String sql() {
      return fields.stream()
          .map(field -> field.name() + ":" + field.type().sql())
          .collect(Collectors.joining(",", "struct<", ">"));
    }
  }

  /** A field of a struct. */
  record Field(String name, DataType type, boolean nullable) {
    public Field {
      requireNonNull(name, "name");
      requireNonNull(type, "type");
    }
  }

  /**
   * A type that a catalog names and Kitsune does not model (an interval, a variant, a Hive union);
   * statements that touch such a column stay on Spark.
   */
  record Unmodelled(String sql) implements DataType {
    public Unmodelled {
      requireNonNull(sql, "sql");
    }
  }
}
