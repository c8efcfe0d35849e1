// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeParserTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "boolean",
        "tinyint",
        "smallint",
        "int",
        "bigint",
        "float",
        "double",
        "string",
        "binary",
        "date",
        "timestamp",
        "timestamp_ntz",
        "void",
        "decimal(38,38)",
        "decimal(1,0)",
        "char(3)",
        "varchar(65535)",
        "array<map<string,struct<a:int,b:array<decimal(10,2)>>>>",
        "struct<>",
        "interval",
        "interval day to second",
        "uniontype<int,array<string>>",
        "timestamp with local time zone",
      })
  void readsWhatItWrites(String text) {
    assertThat(DataType.parse(text).sql()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INTEGER | int
          Long | bigint
          decimal | decimal(10,0)
          numeric( 5 ) | decimal(5,0)
          DOUBLE PRECISION | double
          timestamp_ltz | timestamp
          ARRAY < INT > | array<int>
          struct<a int NOT NULL, b: string COMMENT 'it\\'s > that'> | struct<a:int,b:string>
          """)
  void readsOtherSpellings(String text, String type) {
    assertThat(DataType.parse(text).sql()).isEqualTo(type);
  }

  @Test
  void keepsFieldNamesAndNullability() {
    assertThat(DataType.parse("struct<`x ``y`:int,plain name:string,Camel:date not null>"))
        .isEqualTo(
            new DataType.Struct(
                List.of(
                    new DataType.Field("x `y", DataType.Simple.INT, true),
                    new DataType.Field("plain name", DataType.Simple.STRING, true),
                    new DataType.Field("Camel", DataType.Simple.DATE, false))));
  }

  @Test
  void aUnionOrAnIntervalIsNotModelled() {
    assertThat(DataType.parse("uniontype<int,string>")).isInstanceOf(DataType.Unmodelled.class);
    assertThat(DataType.parse("interval_day_time")).isInstanceOf(DataType.Unmodelled.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "strin",
        "int int",
        "int)",
        "array<int",
        "array<>",
        "map<int>",
        "struct<a>",
        "struct<:int>",
        "struct<a:int,>",
        "struct<`a:int>",
        "decimal(39,0)",
        "decimal(2,3)",
        "decimal(0,0)",
        "decimal()",
        "char",
        "char(0)",
        "varchar(99999999999999)",
        "timestamp with time",
      })
  void refusesGarbage(String text) {
    assertThatThrownBy(() -> DataType.parse(text))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("'" + text + "'")
        .extracting("code")
        .isEqualTo("CATALOG_TYPE_UNREADABLE");
  }

  @Test
  void nestingIsBounded() {
    assertThatThrownBy(() -> DataType.parse("array<".repeat(10_000) + "int"))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("nested");
  }
}
