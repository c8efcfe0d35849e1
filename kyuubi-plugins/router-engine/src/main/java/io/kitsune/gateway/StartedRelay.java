// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.RowSets;
import java.util.ArrayDeque;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/**
 * Relayed rows of which the first are already there: an engine that dies before them fails while
 * the statement still runs, and can be made up for. A result that is small is there as a whole,
 * with its end, and needs the engine no more. Costs no call more than the client would make: the
 * rows that it asks for first are handed out from here.
 */
final class StartedRelay implements ResultCursor.Relayed {
  /** What the drivers of Kyuubi and Hive ask for at once. */
  private static final int FIRST_ROWS = 1_000;

  private final ResultCursor.Relayed rows;
  private final TTableSchema schema;
  private final List<String> hints;
  private final ArrayDeque<TRowSet> ready = new ArrayDeque<>();

  /** Waits for the first rows. */
  StartedRelay(ResultCursor.Relayed rows) {
    this.rows = rows;
    this.schema = rows.schema();
    this.hints = rows.hints();
    TRowSet first = rows.fetch(TFetchOrientation.FETCH_NEXT, FIRST_ROWS);
    ready.add(first);
    int count = RowSets.count(first);
    if (count > 0 && count < FIRST_ROWS) {
      ready.add(rows.fetch(TFetchOrientation.FETCH_NEXT, FIRST_ROWS));
    }
  }

  @Override
  public TTableSchema schema() {
    return schema;
  }

  @Override
  public List<String> hints() {
    return hints;
  }

  @Override
  public int count(TRowSet rowSet) {
    return rows.count(rowSet);
  }

  @Override
  public TRowSet fetch(TFetchOrientation orientation, long maxRows) {
    if (orientation == TFetchOrientation.FETCH_FIRST) {
      ready.clear();
    }
    if (ready.isEmpty()) {
      return rows.fetch(orientation, maxRows);
    }
    TRowSet next = ready.removeFirst();
    int count = RowSets.count(next);
    if (count > maxRows) {
      ready.addFirst(RowSets.between(next, (int) maxRows, count));
      return RowSets.between(next, 0, (int) maxRows);
    }
    if (count == 0) {
      // The end, which comes again however often one asks.
      ready.addFirst(next);
    }
    return next;
  }

  @Override
  public void close() {
    rows.close();
  }
}
