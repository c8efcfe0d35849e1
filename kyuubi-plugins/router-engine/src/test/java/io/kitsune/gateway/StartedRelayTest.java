// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.RowSets;
import io.kitsune.error.KitsuneException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TI64Column;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStringColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;
import org.junit.jupiter.api.Test;

class StartedRelayTest {
  /** Numbers from 0 up, each third one NULL; dies behind so many rows. */
  private static final class Numbers implements ResultCursor.Relayed {
    private final int size;
    private final int dies;
    private int position;
    private int calls;

    Numbers(int size, int dies) {
      this.size = size;
      this.dies = dies;
    }

    @Override
    public TTableSchema schema() {
      return new TTableSchema(List.of());
    }

    @Override
    public TRowSet fetch(TFetchOrientation orientation, long maxRows) {
      calls++;
      if (orientation == TFetchOrientation.FETCH_FIRST) {
        position = 0;
      }
      if (position >= dies) {
        throw new KitsuneException("ENGINE_GONE", "08006", "It ended.");
      }
      int to = (int) Math.min(size, position + maxRows);
      List<Long> numbers = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      BitSet nulls = new BitSet();
      for (int i = position; i < to; i++) {
        numbers.add((long) i);
        texts.add("n" + i);
        nulls.set(i - position, i % 3 == 0);
      }
      ByteBuffer bits = ByteBuffer.wrap(nulls.toByteArray());
      TRowSet rows = new TRowSet(position, List.of());
      rows.setColumns(
          List.of(
              TColumn.i64Val(new TI64Column(numbers, bits)),
              TColumn.stringVal(new TStringColumn(texts, bits.duplicate()))));
      position = to;
      return rows;
    }

    @Override
    public void close() {
      position = size;
    }
  }

  /** Every value, {@code null} for NULL, fetched so many rows at a time. */
  private static List<String> read(StartedRelay relay, int rows) {
    List<String> read = new ArrayList<>();
    while (true) {
      TRowSet next = relay.fetch(TFetchOrientation.FETCH_NEXT, rows);
      assertThat(RowSets.count(next)).isLessThanOrEqualTo(rows);
      if (RowSets.count(next) == 0) {
        return read;
      }
      assertThat(next.getStartRowOffset()).isEqualTo(read.size());
      TI64Column numbers = next.getColumns().get(0).getI64Val();
      BitSet nulls = BitSet.valueOf(numbers.getNulls());
      TStringColumn texts = next.getColumns().get(1).getStringVal();
      assertThat(texts.getNulls()).isEqualTo(numbers.getNulls());
      for (int i = 0; i < numbers.getValuesSize(); i++) {
        read.add(nulls.get(i) ? "null" : numbers.getValues().get(i) + texts.getValues().get(i));
      }
    }
  }

  private static List<String> numbers(int size) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      numbers.add(i % 3 == 0 ? "null" : i + "n" + i);
    }
    return numbers;
  }

  @Test
  void everyRowComesOnceHoweverManyAreAskedFor() {
    for (int size : new int[] {0, 1, 7, 999, 1_000, 1_001, 2_500}) {
      for (int rows : new int[] {1, 7, 1_000, 10_000}) {
        StartedRelay relay = new StartedRelay(new Numbers(size, Integer.MAX_VALUE));
        assertThat(read(relay, rows)).as("%d rows by %d", size, rows).isEqualTo(numbers(size));
        assertThat(read(relay, rows)).as("the end comes again").isEmpty();
      }
    }
  }

  @Test
  void aSmallResultNeedsTheEngineNoMore() {
    Numbers engine = new Numbers(5, Integer.MAX_VALUE);
    StartedRelay relay = new StartedRelay(engine);
    int calls = engine.calls;

    assertThat(read(relay, 1_000)).hasSize(5);
    assertThat(engine.calls).isEqualTo(calls);
  }

  @Test
  void anEngineThatDiesBeforeTheFirstRowFailsAtOnce() {
    assertThatThrownBy(() -> new StartedRelay(new Numbers(5, 0)))
        .isInstanceOf(KitsuneException.class);
  }

  @Test
  void anEngineThatDiesLaterFailsTheFetchThatNeedsIt() {
    StartedRelay relay = new StartedRelay(new Numbers(2_500, 1_000));

    assertThat(RowSets.count(relay.fetch(TFetchOrientation.FETCH_NEXT, 1_000))).isEqualTo(1_000);
    assertThatThrownBy(() -> relay.fetch(TFetchOrientation.FETCH_NEXT, 1_000))
        .isInstanceOf(KitsuneException.class);
  }

  @Test
  void theFirstRowsCanBeReadAgain() {
    StartedRelay relay = new StartedRelay(new Numbers(5, Integer.MAX_VALUE));
    TRowSet first = relay.fetch(TFetchOrientation.FETCH_NEXT, 2);

    assertThat(relay.fetch(TFetchOrientation.FETCH_FIRST, 2)).isEqualTo(first);
    assertThat(RowSets.count(relay.fetch(TFetchOrientation.FETCH_NEXT, 10))).isEqualTo(3);
  }
}
