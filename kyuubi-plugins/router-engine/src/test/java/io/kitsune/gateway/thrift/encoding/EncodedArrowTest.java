// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.ResultCursor;
import io.kitsune.error.KitsuneException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent over Arrow; that Kyuubi's driver shows it as rows is ArrowContract's. */
class EncodedArrowTest {
  private static final List<Column> COLUMNS =
      EncodedBatchesTest.COLUMNS.stream()
          .filter(column -> ArrowFit.fits(List.of(column), ResultFormat.ARROW))
          .toList();

  /** Vectors in any slices, and Java values: two ways to the same bytes, none of them shared. */
  @ParameterizedTest
  @CsvSource({"1000,1000", "1000,333", "7,1000", "7,3", "64,9", "1000,1"})
  void vectorsAndValuesBecomeTheSameBatches(int rowsABatch, int rowsAFetch) throws Exception {
    List<List<Object>> rows = rows(new Random(rowsABatch * 31L + rowsAFetch), 300);
    // Closing it fails if a row set has kept some of its memory.
    try (ArrowBatches cursor = new ArrowBatches(COLUMNS, rows, rowsABatch)) {
      EncodedResult result = EncodedResult.of(cursor, encoding(1 << 20));
      assertThat(result.hints()).isEqualTo(ResultHints.ARROW);
      int position = 0;
      while (true) {
        EncodedRowSet next = result.fetch(TFetchOrientation.FETCH_NEXT, rowsAFetch);
        if (next.rows() == 0) {
          break;
        }
        List<List<Object>> part = rows.subList(position, position + next.rows());
        EncodedRowSet expected =
            EncodedResult.of(new ListCursor(COLUMNS, part), encoding(1 << 20))
                .fetch(TFetchOrientation.FETCH_NEXT, part.size());
        assertThat(bytes(next.rowSet())).isEqualTo(bytes(expected.rowSet()));
        assertThat(next.rowSet().getStartRowOffset()).isEqualTo(position);
        assertThat(next.rows()).isBetween(1, rowsAFetch);
        position += next.rows();
      }
      assertThat(position).isEqualTo(rows.size());
    }
  }

  @Test
  void aValueIsOneRecordBatchAndTheEndOfItsStream() throws Exception {
    List<Column> columns = List.of(Column.of("n", Simple.BIGINT), Column.of("v", Simple.STRING));
    List<List<Object>> rows = List.of(List.of(1L, "one"), List.of(2L, "zwölf"));
    TRowSet rowSet =
        EncodedResult.of(new ListCursor(columns, rows), encoding(1 << 20))
            .fetch(TFetchOrientation.FETCH_NEXT, 10)
            .rowSet();

    byte[] sent = bytes(rowSet);
    assertThat(ByteBuffer.wrap(sent).getLong(sent.length - 8)).isEqualTo(0xffffffff00000000L);
    try (BufferAllocator allocator = new RootAllocator();
        ArrowRecordBatch batch =
            MessageSerializer.deserializeRecordBatch(
                new ReadChannel(Channels.newChannel(new ByteArrayInputStream(sent))), allocator)) {
      assertThat(batch.getLength()).isEqualTo(2);
      assertThat(batch.getBodyCompression().getCodec()).isEqualTo((byte) -1);
    }
  }

  @Test
  void whatStandsInThePlaceOfANullIsNotSent() {
    List<Column> columns =
        List.of(
            Column.of("v", Simple.STRING),
            Column.of("x", Simple.BINARY),
            Column.of("l", Simple.BIGINT),
            Column.of("b", Simple.BOOLEAN),
            Column.of("d", new DataType.Decimal(38, 0)),
            Column.of("t", Simple.TIMESTAMP));
    List<Object> missing = new ArrayList<>();
    columns.forEach(column -> missing.add(null));
    List<List<Object>> rows = IntStream.range(0, 20).mapToObj(i -> missing).toList();
    try (ArrowBatches cursor = new ArrowBatches(columns, rows, 100)) {
      EncodedResult result = EncodedResult.of(cursor, encoding(1 << 20));
      result.fetch(TFetchOrientation.FETCH_NEXT, 3);
      byte[] sent = bytes(result.fetch(TFetchOrientation.FETCH_NEXT, 17).rowSet());
      List<List<Object>> rest = rows.subList(0, 17);
      byte[] nothing =
          bytes(
              EncodedResult.of(new ListCursor(columns, rest), encoding(1 << 20))
                  .fetch(TFetchOrientation.FETCH_NEXT, 17)
                  .rowSet());

      assertThat(new String(sent, StandardCharsets.ISO_8859_1)).doesNotContain("hidden");
      assertThat(sent).isEqualTo(nothing);
      // All that is set behind the metadata is the end of the stream.
      byte[] body = Arrays.copyOfRange(sent, sent.length - 8 - 17 * (16 + 8), sent.length - 8);
      assertThat(body).containsOnly(0);
    }
  }

  @Test
  void aBatchIsBoundedByBytes() {
    List<Column> columns = List.of(Column.of("v", Simple.STRING));
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(List.of("x".repeat(i == 50 ? 100_000 : 100)));
    }
    try (ArrowBatches vectors = new ArrowBatches(columns, rows, 1_000);
        ListCursor values = new ListCursor(columns, rows)) {
      assertThat(sizes(vectors)).containsExactly(10, 10, 10, 10, 10, 1, 10, 10, 10, 10, 9);
      assertThat(sizes(values)).containsExactly(9, 9, 9, 9, 9, 5, 1, 9, 9, 9, 9, 9, 4);
    }
  }

  private static List<Integer> sizes(ResultCursor cursor) {
    EncodedResult result = EncodedResult.of(cursor, encoding(1_100));
    List<Integer> sizes = new ArrayList<>();
    for (int size = size(result); size > 0; size = size(result)) {
      sizes.add(size);
    }
    return sizes;
  }

  private static int size(EncodedResult result) {
    return result.fetch(TFetchOrientation.FETCH_NEXT, 1_000).rows();
  }

  @Test
  void theEndHasNoColumnsAndComesAgain() {
    try (ArrowBatches cursor = new ArrowBatches(COLUMNS, rows(new Random(1), 5), 10)) {
      EncodedResult result = EncodedResult.of(cursor, encoding(1 << 20));
      assertThat(result.fetch(TFetchOrientation.FETCH_FIRST, 10).rows()).isEqualTo(5);
      for (int i = 0; i < 3; i++) {
        TRowSet end = result.fetch(TFetchOrientation.FETCH_NEXT, 10).rowSet();
        assertThat(end.isSetColumns()).isFalse();
        assertThat(end.getRowsSize()).isZero();
      }
      assertThatThrownBy(() -> result.fetch(TFetchOrientation.FETCH_FIRST, 10))
          .isInstanceOfSatisfying(
              KitsuneException.class, e -> assertThat(e.code()).isEqualTo("RESULT_NOT_SCROLLABLE"));
    }
  }

  @Test
  void clientsBeforeColumnsGetRows() {
    Encoding old =
        Encoding.of(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V5, EncodedBatchesTest.ZONE)
            .in(ResultFormat.ARROW);
    EncodedResult result =
        EncodedResult.of(
            new ListCursor(List.of(Column.of("n", Simple.BIGINT)), List.of(List.of(1L))), old);

    assertThat(result.hints()).isEqualTo(ResultHints.THRIFT);
    assertThat(result.fetch(TFetchOrientation.FETCH_NEXT, 10).rowSet().getRowsSize()).isEqualTo(1);
  }

  @Test
  void afterAnErrorNothingIsHeld() {
    List<Column> columns = List.of(Column.of("v", Simple.STRING), Column.of("t", Simple.TIMESTAMP));
    List<List<Object>> rows = List.of(List.of("a", Instant.parse("+10000-01-01T00:00:00Z")));
    try (ArrowBatches cursor = new ArrowBatches(columns, rows, 10)) {
      EncodedResult result = EncodedResult.of(cursor, encoding(1 << 20));

      assertThatThrownBy(() -> result.fetch(TFetchOrientation.FETCH_NEXT, 10))
          .isInstanceOfSatisfying(
              KitsuneException.class, e -> assertThat(e.code()).isEqualTo("RESULT_NOT_IN_ARROW"));
    }
  }

  private static List<List<Object>> rows(Random random, int count) {
    List<Integer> kept = COLUMNS.stream().map(EncodedBatchesTest.COLUMNS::indexOf).toList();
    return EncodedBatchesTest.rows(random, count).stream()
        .map(
            row -> {
              List<Object> part = new ArrayList<>();
              kept.forEach(i -> part.add(row.get(i)));
              return part;
            })
        .toList();
  }

  private static Encoding encoding(long maxBytes) {
    return new Encoding(
        TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10,
        EncodedBatchesTest.ZONE,
        maxBytes,
        ResultFormat.ARROW);
  }

  private static byte[] bytes(TRowSet rowSet) {
    assertThat(rowSet.getColumnsSize()).isEqualTo(1);
    List<ByteBuffer> values = rowSet.getColumns().get(0).getBinaryVal().getValues();
    assertThat(values).hasSize(1);
    byte[] bytes = new byte[values.get(0).remaining()];
    values.get(0).duplicate().get(bytes);
    return bytes;
  }
}
