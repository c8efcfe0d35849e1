// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import io.kitsune.engine.ExecutionProgress;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProgressUpdateResp;

/** How far a statement is, from the table that Kyuubi's Spark engine sends for beeline to draw. */
final class StageProgress {
  private StageProgress() {}

  /** Unknown where the table has no stage yet, or not the columns of Spark's. */
  static ExecutionProgress of(TProgressUpdateResp update) {
    List<String> columns = update.getHeaderNames();
    int total = columns.indexOf("TOTAL");
    int completed = columns.indexOf("COMPLETED");
    int running = columns.indexOf("RUNNING");
    if (update.getRowsSize() == 0 || total < 0 || completed < 0 || running < 0) {
      return ExecutionProgress.UNKNOWN;
    }
    long tasks = 0;
    long done = 0;
    long busy = 0;
    int ended = 0;
    for (List<String> stage : update.getRows()) {
      long ofStage = count(stage, total);
      long doneOfStage = count(stage, completed);
      tasks += ofStage;
      done += Math.min(ofStage, doneOfStage);
      busy += count(stage, running);
      ended += ofStage > 0 && doneOfStage >= ofStage ? 1 : 0;
    }
    return new ExecutionProgress(
        tasks == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) done / tasks),
        "%d of %d stages, %d of %d tasks, %d running"
            .formatted(ended, update.getRowsSize(), done, tasks, busy),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private static long count(List<String> stage, int column) {
    try {
      return column < stage.size() ? Long.parseLong(stage.get(column)) : 0;
    } catch (NumberFormatException notCounted) {
      return 0;
    }
  }
}
