// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.ResultCursor;
import io.kitsune.error.KitsuneException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TBinaryColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumnDesc;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TPrimitiveTypeEntry;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTypeQualifierValue;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTypeQualifiers;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.TSerializer;
import org.apache.kyuubi.shaded.thrift.protocol.TBinaryProtocol;
import org.junit.jupiter.api.Test;

/** What Kyuubi's Spark engine sends over Arrow, where its driver would show it otherwise. */
class RelayedBatchesTest {
  private static final int ROWS_A_BATCH = 64;

  @Test
  void typesThatTheDriverShowsOtherwiseBecomeTheRowsThatOtherEnginesSend() throws Exception {
    List<Column> columns =
        EncodedBatchesTest.COLUMNS.stream()
            .filter(column -> !(column.type() instanceof DataType.Array))
            .filter(column -> column.type() != Simple.VOID)
            .toList();
    List<List<Object>> rows = rows(columns, 300);

    sameBytes(columns, rows, "Europe/Amsterdam", ResultFormat.THRIFT);
  }

  @Test
  void instantsInAZoneBecomeWhatItsClocksShow() throws Exception {
    List<Column> columns =
        List.of(
            Column.of("l", Simple.BIGINT),
            Column.of("v", Simple.STRING),
            Column.of("ts", Simple.TIMESTAMP),
            Column.of("ntz", Simple.TIMESTAMP_NTZ));

    sameBytes(columns, rows(columns, 300), "Europe/Amsterdam", ResultFormat.ARROW);
  }

  /** As if the engine's vectors were DuckDB's, whatever the client asks for. */
  private static void sameBytes(
      List<Column> columns, List<List<Object>> rows, String zone, ResultFormat format)
      throws Exception {
    try (ArrowBatches sent = new ArrowBatches(columns, rows, ROWS_A_BATCH);
        ArrowBatches direct = new ArrowBatches(columns, rows, ROWS_A_BATCH);
        ResultCursor relayed =
            RelayedBatches.orUndecoded(new Engine(schema(columns, zone), batches(sent)))) {
      assertThat(relayed).isInstanceOf(RelayedBatches.class);
      EncodedResult actual = EncodedResult.of(relayed, encoding(ResultFormat.ARROW));
      EncodedResult expected = EncodedResult.of(direct, encoding(format));

      assertThat(actual.hints()).isEqualTo(expected.hints());
      assertThat(actual.schema()).isEqualTo(expected.schema());
      int count = 0;
      while (true) {
        EncodedRowSet left = actual.fetch(TFetchOrientation.FETCH_NEXT, 50);
        EncodedRowSet right = expected.fetch(TFetchOrientation.FETCH_NEXT, 50);
        assertThat(binary(left.rowSet())).isEqualTo(binary(right.rowSet()));
        assertThat(left.rows()).isEqualTo(right.rows());
        if (left.rows() == 0) {
          break;
        }
        count += left.rows();
      }
      assertThat(count).isEqualTo(rows.size());
    }
  }

  @Test
  void whatTheDriverShowsAlikeIsNotDecoded() {
    List<Column> columns =
        List.of(
            Column.of("l", Simple.BIGINT),
            Column.of("d", new DataType.Decimal(9, 2)),
            Column.of("v", Simple.STRING),
            Column.of("ts", Simple.TIMESTAMP),
            Column.of("ntz", Simple.TIMESTAMP_NTZ));
    Engine engine = new Engine(schema(columns, "UTC"), new ArrayDeque<>());

    assertThat(RelayedBatches.orUndecoded(engine)).isSameAs(engine);
    EncodedResult result = EncodedResult.of(engine, encoding(ResultFormat.ARROW));
    assertThat(result.hints()).isEqualTo(ResultHints.ARROW);
    assertThat(result.schema()).isEqualTo(engine.schema());
  }

  @Test
  void aTypeThatIsNotKnownIsLeftToTheDriver() {
    List<Column> columns =
        List.of(Column.of("c", new DataType.Char(3)), Column.of("d", Simple.DATE));
    Engine engine = new Engine(schema(columns, "UTC"), new ArrayDeque<>());

    assertThat(RelayedBatches.orUndecoded(engine)).isSameAs(engine);
  }

  @Test
  void rowsAreNotLookedAt() {
    Engine engine =
        new Engine(
            schema(List.of(Column.of("d", Simple.DATE)), "UTC"),
            new ArrayDeque<>(),
            ResultHints.THRIFT);

    assertThat(RelayedBatches.orUndecoded(engine)).isSameAs(engine);
  }

  @Test
  void theTextOfANestedNullIsNullAgain() {
    List<Column> columns = List.of(Column.of("a", new DataType.Array(Simple.DATE, true)));
    Deque<TRowSet> batches = new ArrayDeque<>();
    try (BufferAllocator allocator = new RootAllocator();
        VarCharVector texts = new VarCharVector("a", allocator)) {
      texts.setSafe(0, "[null]".getBytes(StandardCharsets.UTF_8));
      texts.setSafe(1, "null".getBytes(StandardCharsets.UTF_8));
      texts.setSafe(2, "[]".getBytes(StandardCharsets.UTF_8));
      texts.setValueCount(4);
      batches.add(ArrowRowSets.of(0, List.of(texts), 4));
    }
    Engine engine = new Engine(schema(columns, "UTC"), batches);
    try (ResultCursor relayed = RelayedBatches.orUndecoded(engine)) {
      EncodedResult result = EncodedResult.of(relayed, encoding(ResultFormat.THRIFT));
      TColumn values = result.fetch(TFetchOrientation.FETCH_NEXT, 100).rowSet().getColumns().get(0);

      assertThat(result.schema()).isEqualTo(engine.schema());
      assertThat(values.getStringVal().getValues()).containsExactly("[null]", "", "[]", "");
      assertThat(values.getStringVal().getNulls()).isEqualTo(new byte[] {0b1010});
    }
  }

  @Test
  void intervalsBecomeTheTextsOfRows() {
    List<Column> columns =
        List.of(
            Column.of("days", new DataType.Unmodelled("interval day to second")),
            Column.of("months", new DataType.Unmodelled("interval year to month")));
    Deque<TRowSet> batches = new ArrayDeque<>();
    try (BufferAllocator allocator = new RootAllocator();
        DurationVector days =
            new DurationVector(
                "days",
                FieldType.nullable(new ArrowType.Duration(TimeUnit.MICROSECOND)),
                allocator);
        IntervalYearVector months = new IntervalYearVector("months", allocator)) {
      long[] micros = {0, 1, -1, 90_061_000_002L, -90_061_000_002L, Long.MAX_VALUE, Long.MIN_VALUE};
      int[] counts = {0, 1, -1, 14, -14, Integer.MAX_VALUE, Integer.MIN_VALUE};
      for (int i = 0; i < micros.length; i++) {
        days.setSafe(i, micros[i]);
        months.setSafe(i, counts[i]);
      }
      days.setValueCount(micros.length + 1);
      months.setValueCount(micros.length + 1);
      batches.add(ArrowRowSets.of(0, List.of(days, months), micros.length + 1));
    }
    Engine engine = new Engine(schema(columns, "UTC"), batches);
    try (ResultCursor relayed = RelayedBatches.orUndecoded(engine)) {
      EncodedResult result = EncodedResult.of(relayed, encoding(ResultFormat.ARROW));
      assertThat(result.schema()).isEqualTo(engine.schema());
      List<TColumn> values = result.fetch(TFetchOrientation.FETCH_NEXT, 100).rowSet().getColumns();

      assertThat(values.get(0).getStringVal().getValues())
          .containsExactly(
              "0 00:00:00.000000000",
              "0 00:00:00.000001000",
              "-0 00:00:00.000001000",
              "1 01:01:01.000002000",
              "-1 01:01:01.000002000",
              "106751991 04:00:54.775807000",
              "-106751991 04:00:54.775808000",
              "");
      assertThat(values.get(1).getStringVal().getValues())
          .containsExactly("0-0", "0-1", "-0-1", "1-2", "-1-2", "178956970-7", "-178956970-8", "");
      assertThat(values.get(0).getStringVal().getNulls()).isEqualTo(new byte[] {(byte) 0x80});
    }
  }

  @Test
  void aBatchThatCannotBeReadIsAnErrorAndNotAnAnswer() {
    Deque<TRowSet> batches = new ArrayDeque<>();
    TRowSet broken = new TRowSet(0, new ArrayList<>());
    broken.addToColumns(
        TColumn.binaryVal(
            new TBinaryColumn(
                List.of(ByteBuffer.wrap(new byte[] {1, 2, 3})), ByteBuffer.allocate(0))));
    batches.add(broken);
    Engine engine = new Engine(schema(List.of(Column.of("d", Simple.DATE)), "UTC"), batches);
    try (ResultCursor relayed = RelayedBatches.orUndecoded(engine)) {
      EncodedResult result = EncodedResult.of(relayed, encoding(ResultFormat.ARROW));

      assertThatThrownBy(() -> result.fetch(TFetchOrientation.FETCH_NEXT, 10))
          .isInstanceOfSatisfying(
              KitsuneException.class, e -> assertThat(e.code()).isEqualTo("ENGINE_PROTOCOL_ERROR"));
    }
  }

  /** A Spark engine of Kyuubi's with a result. */
  private record Engine(TTableSchema schema, Deque<TRowSet> batches, List<String> hints)
      implements ResultCursor.Relayed {
    Engine(TTableSchema schema, Deque<TRowSet> batches) {
      this(schema, batches, ResultHints.ARROW);
    }

    @Override
    public TRowSet fetch(TFetchOrientation orientation, long maxRows) {
      return batches.isEmpty() ? new TRowSet(0, new ArrayList<>()) : batches.removeFirst();
    }

    @Override
    public void close() {
      batches.clear();
    }
  }

  private static Deque<TRowSet> batches(ArrowBatches cursor) {
    Deque<TRowSet> batches = new ArrayDeque<>();
    for (Optional<VectorSchemaRoot> batch = cursor.next();
        batch.isPresent();
        batch = cursor.next()) {
      batches.add(ArrowRowSets.of(0, batch.get().getFieldVectors(), batch.get().getRowCount()));
    }
    return batches;
  }

  /** As the engine describes them: a TIMESTAMP with the session's zone. */
  private static TTableSchema schema(List<Column> columns, String zone) {
    TTableSchema schema = TableSchemas.of(columns);
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).type() == Simple.TIMESTAMP) {
        TColumnDesc column = schema.getColumns().get(i);
        TPrimitiveTypeEntry type = column.getTypeDesc().getTypes().get(0).getPrimitiveEntry();
        type.setTypeQualifiers(new TTypeQualifiers(new HashMap<>()));
        type.getTypeQualifiers()
            .putToQualifiers("session.timeZone", TTypeQualifierValue.stringValue(zone));
      }
    }
    return schema;
  }

  private static List<List<Object>> rows(List<Column> columns, int count) {
    List<Integer> kept = columns.stream().map(EncodedBatchesTest.COLUMNS::indexOf).toList();
    return EncodedBatchesTest.rows(new Random(11), count).stream()
        .map(
            row -> {
              List<Object> part = new ArrayList<>();
              kept.forEach(i -> part.add(row.get(i)));
              return part;
            })
        .toList();
  }

  private static Encoding encoding(ResultFormat format) {
    return Encoding.of(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10, EncodedBatchesTest.ZONE)
        .in(format);
  }

  private static byte[] binary(TRowSet rowSet) throws TException {
    return new TSerializer(new TBinaryProtocol.Factory()).serialize(rowSet);
  }
}
