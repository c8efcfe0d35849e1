// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.ExecutionProgress;
import io.kitsune.gateway.Operation.State;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TJobExecutionStatus;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProgressUpdateResp;

/**
 * An operation's progress as the clients of Hive and Kyuubi draw it. Their bar has nine columns,
 * which they fill a fixed pattern with: Kyuubi's for Spark, of which only the name, the status and
 * a total of 100 say something here.
 */
final class ProgressUpdate {
  private static final List<String> COLUMNS =
      List.of(
          "STAGES", "ATTEMPT", "STATUS", "TOTAL", "COMPLETED", "RUNNING", "PENDING", "FAILED", "");

  private static final String FULL = "100";

  private ProgressUpdate() {}

  static TProgressUpdateResp of(Operation operation, State state) {
    ExecutionProgress progress = operation.progress();
    double done = state == State.FINISHED ? 1 : Math.max(0, progress.fraction().orElse(0));
    String percent = Integer.toString((int) (done * 100));
    boolean known = progress.fraction().isPresent() || state == State.FINISHED;
    List<List<String>> rows =
        known
            ? List.of(List.of("statement", "0", state.name(), FULL, percent, "", "", "", ""))
            : List.of();
    return new TProgressUpdateResp(
        COLUMNS, rows, done, status(state, known), ProgressText.of(progress), operation.started());
  }

  private static TJobExecutionStatus status(State state, boolean known) {
    if (state.over()) {
      return TJobExecutionStatus.COMPLETE;
    }
    return known ? TJobExecutionStatus.IN_PROGRESS : TJobExecutionStatus.NOT_AVAILABLE;
  }
}
