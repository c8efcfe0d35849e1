// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.thrift;

import io.kitsune.error.KitsuneException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRow;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines that a Thrift server keeps for an operation, where it keeps any. Thread-safe. */
public final class OperationLog {
  private static final Logger LOG = LoggerFactory.getLogger(OperationLog.class);
  private static final short LOG_ROWS = 1;
  private static final long LINES = 1_000;

  private final ThriftStatement statement;
  private boolean absent;

  /** Of that statement. */
  public OperationLog(ThriftStatement statement) {
    this.statement = statement;
  }

  /** The lines that came since the last call; none once the server has shown that it keeps none. */
  public synchronized List<String> drain() {
    if (absent) {
      return List.of();
    }
    TFetchResultsReq request =
        new TFetchResultsReq(statement.handle(), TFetchOrientation.FETCH_NEXT, LINES);
    request.setFetchType(LOG_ROWS);
    try {
      TFetchResultsResp answer = statement.call(client -> client.FetchResults(request));
      statement.check(answer.getStatus());
      return lines(answer.getResults());
    } catch (KitsuneException e) {
      LOG.debug("No operation log", e);
      absent = true;
      return List.of();
    }
  }

  private static List<String> lines(TRowSet rowSet) {
    if (rowSet.isSetColumns() && !rowSet.getColumns().isEmpty()) {
      return List.copyOf(rowSet.getColumns().get(0).getStringVal().getValues());
    }
    List<String> lines = new ArrayList<>();
    for (TRow row : rowSet.getRows()) {
      lines.add(row.getColVals().get(0).getStringVal().getValue());
    }
    return lines;
  }
}
