// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

final class IcebergColumnsTest {
  @Test
  void columnsKeepOrderNamesNullabilityAndComments() {
    Schema schema =
        new Schema(
            required(1, "Id", Types.LongType.get(), "the key"),
            optional(2, "at", Types.TimestampType.withZone()));

    assertThat(IcebergColumns.of(schema))
        .containsExactly(
            new Column("Id", Simple.BIGINT, false, "the key"),
            new Column("at", Simple.TIMESTAMP, true, ""));
  }

  @Test
  void typesAreThoseOfSparksConnector() {
    assertThat(IcebergColumns.type(Types.BooleanType.get())).isEqualTo(Simple.BOOLEAN);
    assertThat(IcebergColumns.type(Types.IntegerType.get())).isEqualTo(Simple.INT);
    assertThat(IcebergColumns.type(Types.FloatType.get())).isEqualTo(Simple.FLOAT);
    assertThat(IcebergColumns.type(Types.DoubleType.get())).isEqualTo(Simple.DOUBLE);
    assertThat(IcebergColumns.type(Types.DateType.get())).isEqualTo(Simple.DATE);
    assertThat(IcebergColumns.type(Types.StringType.get())).isEqualTo(Simple.STRING);
    assertThat(IcebergColumns.type(Types.BinaryType.get())).isEqualTo(Simple.BINARY);
    assertThat(IcebergColumns.type(Types.TimestampType.withoutZone()))
        .isEqualTo(Simple.TIMESTAMP_NTZ);
    assertThat(IcebergColumns.type(Types.DecimalType.of(10, 2)))
        .isEqualTo(new DataType.Decimal(10, 2));
  }

  @Test
  void nestedTypesKeepTheNullabilityOfTheirParts() {
    Type type =
        Types.StructType.of(
            required(1, "tags", Types.ListType.ofRequired(2, Types.StringType.get())),
            optional(
                3,
                "counts",
                Types.MapType.ofOptional(4, 5, Types.StringType.get(), Types.IntegerType.get())));

    DataType mapped = IcebergColumns.type(type);

    assertThat(mapped.sql()).isEqualTo("struct<tags:array<string>,counts:map<string,int>>");
    DataType.Struct struct = (DataType.Struct) mapped;
    assertThat(struct.fields().get(0).nullable()).isFalse();
    assertThat(((DataType.Array) struct.fields().get(0).type()).elementNullable()).isFalse();
    assertThat(((DataType.Map) struct.fields().get(1).type()).valueNullable()).isTrue();
  }

  @Test
  void typesThatSparkChangesOrRefusesAreNotModelled() {
    for (Type type :
        new Type[] {
          Types.UUIDType.get(),
          Types.FixedType.ofLength(16),
          Types.TimeType.get(),
          Types.TimestampNanoType.withZone(),
          Types.VariantType.get(),
          Types.GeometryType.crs84(),
          Types.UnknownType.get()
        }) {
      assertThat(IcebergColumns.type(type)).isEqualTo(new DataType.Unmodelled(type.toString()));
    }
  }
}
