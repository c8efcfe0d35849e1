// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.ResultCursor;
import io.kitsune.error.KitsuneException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.thrift.TDeserializer;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.TSerializer;
import org.apache.kyuubi.shaded.thrift.protocol.TBinaryProtocol;
import org.apache.kyuubi.shaded.thrift.protocol.TCompactProtocol;
import org.apache.kyuubi.shaded.thrift.protocol.TJSONProtocol;
import org.apache.kyuubi.shaded.thrift.protocol.TProtocolFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedBatchesTest {
  static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");
  static final List<Column> COLUMNS =
      List.of(
          Column.of("b", Simple.BOOLEAN),
          Column.of("t", Simple.TINYINT),
          Column.of("s", Simple.SMALLINT),
          Column.of("i", Simple.INT),
          Column.of("l", Simple.BIGINT),
          Column.of("f", Simple.FLOAT),
          Column.of("d", Simple.DOUBLE),
          Column.of("small", new DataType.Decimal(18, 4)),
          Column.of("large", new DataType.Decimal(38, 10)),
          Column.of("v", Simple.STRING),
          Column.of("x", Simple.BINARY),
          Column.of("dt", Simple.DATE),
          Column.of("ts", Simple.TIMESTAMP),
          Column.of("ntz", Simple.TIMESTAMP_NTZ),
          Column.of("a", new DataType.Array(Simple.STRING, true)),
          Column.of("n", Simple.VOID));

  @ParameterizedTest
  @CsvSource({"1000,1000", "1000,333", "7,1000", "7,3", "64,9", "1000,1"})
  void anySlicingOfAnyBatchesGivesTheSameRows(int rowsABatch, int rowsAFetch) throws Exception {
    List<List<Object>> rows = rows(new Random(rowsABatch * 31L + rowsAFetch), 300);
    try (ArrowBatches cursor = new ArrowBatches(COLUMNS, rows, rowsABatch)) {
      EncodedResult result = EncodedResult.of(cursor, encoding(1 << 20));
      ValueEncoder expected = ValueEncoder.of(COLUMNS, encoding(1 << 20));
      int position = 0;
      while (true) {
        TRowSet rowSet = result.fetch(TFetchOrientation.FETCH_NEXT, rowsAFetch).rowSet();
        int count = rowSet.getColumns().get(4).getI64Val().getValuesSize();
        assertThat(binary(rowSet))
            .isEqualTo(binary(expected.encode(position, rows.subList(position, position + count))));
        if (count == 0) {
          break;
        }
        assertThat(count).isLessThanOrEqualTo(rowsAFetch);
        position += count;
      }
      assertThat(position).isEqualTo(rows.size());
    }
  }

  @Test
  void aRowSetIsBoundedByBytes() {
    List<Column> columns = List.of(Column.of("v", Simple.STRING));
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(List.of("x".repeat(i == 50 ? 100_000 : 100)));
    }
    try (ArrowBatches cursor = new ArrowBatches(columns, rows, 1_000)) {
      EncodedResult result = EncodedResult.of(cursor, encoding(1_100));
      List<Integer> sizes = new ArrayList<>();
      for (int size = size(result); size > 0; size = size(result)) {
        sizes.add(size);
      }

      assertThat(sizes).containsExactly(10, 10, 10, 10, 10, 1, 10, 10, 10, 10, 9);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {TBinaryProtocol.class, TCompactProtocol.class, TJSONProtocol.class})
  void everyThriftProtocolCarriesIt(Class<?> kind) throws Exception {
    TProtocolFactory protocol =
        kind == TBinaryProtocol.class
            ? new TBinaryProtocol.Factory()
            : kind == TCompactProtocol.class
                ? new TCompactProtocol.Factory()
                : new TJSONProtocol.Factory();
    List<List<Object>> rows = rows(new Random(1), 50);
    try (ArrowBatches cursor = new ArrowBatches(COLUMNS, rows, 1_000)) {
      TRowSet sent =
          EncodedResult.of(cursor, encoding(1 << 20))
              .fetch(TFetchOrientation.FETCH_NEXT, 1_000)
              .rowSet();
      TRowSet received = new TRowSet();
      new TDeserializer(protocol).deserialize(received, new TSerializer(protocol).serialize(sent));

      assertThat(binary(received))
          .isEqualTo(binary(ValueEncoder.of(COLUMNS, encoding(1 << 20)).encode(0, rows)));
    }
  }

  @Test
  void valuesCanBeReadWithoutSendingThem() {
    List<Column> columns = List.of(Column.of("i", Simple.INT), Column.of("v", Simple.STRING));
    try (ArrowBatches cursor =
        new ArrowBatches(columns, List.of(List.of(1, "one"), List.of(2, "two")), 10)) {
      TRowSet rows =
          EncodedResult.of(cursor, encoding(1 << 20))
              .fetch(TFetchOrientation.FETCH_NEXT, 10)
              .rowSet();

      assertThat(rows.getColumns().get(0).getI32Val().getValues()).containsExactly(1, 2);
      assertThat(rows.getColumns().get(1).getStringVal().getValues()).containsExactly("one", "two");
      assertThat(rows.getColumns().get(1).getStringVal().getValuesSize()).isEqualTo(2);
    }
  }

  @Test
  void aVectorOfAnotherTypeIsAnErrorAndNotAnAnswer() {
    List<Column> sent = List.of(Column.of("n", Simple.INT));
    List<Column> announced = List.of(Column.of("n", Simple.BIGINT));
    try (ArrowBatches cursor = new ArrowBatches(sent, List.of(List.of(1)), 10)) {
      EncodedResult result = EncodedResult.of(new Announced(cursor, announced), encoding(1 << 20));

      assertThatThrownBy(() -> result.fetch(TFetchOrientation.FETCH_NEXT, 10).rowSet())
          .isInstanceOfSatisfying(
              KitsuneException.class, e -> assertThat(e.code()).isEqualTo("ENGINE_RESULT_TYPE"));
    }
  }

  /** Batches under other columns than they have. */
  private record Announced(ArrowBatches batches, List<Column> columns)
      implements ResultCursor.Batches {
    @Override
    public Optional<VectorSchemaRoot> next() {
      return batches.next();
    }

    @Override
    public void close() {
      batches.close();
    }
  }

  private static int size(EncodedResult result) {
    return result
        .fetch(TFetchOrientation.FETCH_NEXT, 1_000)
        .rowSet()
        .getColumns()
        .get(0)
        .getStringVal()
        .getValuesSize();
  }

  private static Encoding encoding(long maxBytes) {
    return new Encoding(
        TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10, ZONE, maxBytes, ResultFormat.THRIFT);
  }

  private static byte[] binary(TRowSet rowSet) throws TException {
    return new TSerializer(new TBinaryProtocol.Factory()).serialize(rowSet);
  }

  /** Rows of {@link #COLUMNS}, a quarter of the values NULL. */
  static List<List<Object>> rows(Random random, int count) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Object> row = new ArrayList<>();
      for (Column column : COLUMNS) {
        row.add(random.nextInt(4) == 0 ? null : value(random, column.type()));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Object value(Random random, DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      int bits = decimal.precision() <= 18 ? 56 : 1 + random.nextInt(120);
      BigInteger unscaled = new BigInteger(bits, random);
      return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal.scale());
    } else if (type instanceof DataType.Array) {
      List<Object> elements = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        elements.add(random.nextBoolean() ? "é" + i : null);
      }
      return elements;
    }
    long micros = random.nextLong() >> 6;
    return switch ((Simple) type) {
      case BOOLEAN -> random.nextBoolean();
      case TINYINT -> (byte) random.nextInt();
      case SMALLINT -> (short) random.nextInt();
      case INT -> random.nextInt();
      case BIGINT -> random.nextLong();
      case FLOAT -> random.nextFloat() * 1e6f;
      case DOUBLE -> random.nextGaussian();
      case STRING -> "text " + "ü".repeat(random.nextInt(5)) + random.nextInt();
      case BINARY -> BigInteger.valueOf(random.nextLong()).toByteArray();
      case DATE -> LocalDate.ofEpochDay(random.nextInt(6_000_000) - 1_000_000);
      case TIMESTAMP -> Instant.ofEpochSecond(0, 0).plusNanos(micros / 1_000 * 1_000);
      case TIMESTAMP_NTZ ->
          LocalDateTime.of(2000, 1, 1, 0, 0).plusSeconds(micros / 100_000_000).plusNanos(120_000);
      case VOID -> null;
    };
  }
}
