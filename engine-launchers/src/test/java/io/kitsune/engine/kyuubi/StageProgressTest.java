// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.engine.ExecutionProgress;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TJobExecutionStatus;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProgressUpdateResp;
import org.junit.jupiter.api.Test;

class StageProgressTest {
  @Test
  void tasksOfAllStagesCount() {
    ExecutionProgress progress =
        StageProgress.of(
            update(
                List.of("STAGES", "TOTAL", "COMPLETED", "RUNNING"),
                List.of(List.of("Stage-1", "4", "4", "0"), List.of("Stage-2", "4", "1", "2"))));

    assertThat(progress.fraction()).hasValue(0.625);
    assertThat(progress.stage()).isEqualTo("1 of 2 stages, 5 of 8 tasks, 2 running");
  }

  @Test
  void whatIsNotSparksTableSaysNothing() {
    assertThat(StageProgress.of(update(List.of("STAGES", "TOTAL"), List.of(List.of("a", "1")))))
        .isEqualTo(ExecutionProgress.UNKNOWN);
    assertThat(
            StageProgress.of(update(List.of("STAGES", "TOTAL", "COMPLETED", "RUNNING"), List.of())))
        .isEqualTo(ExecutionProgress.UNKNOWN);
    assertThat(
            StageProgress.of(
                    update(
                        List.of("STAGES", "TOTAL", "COMPLETED", "RUNNING"),
                        List.of(List.of("Stage-1", "many"))))
                .fraction())
        .isEmpty();
  }

  private static TProgressUpdateResp update(List<String> columns, List<List<String>> rows) {
    return new TProgressUpdateResp(columns, rows, 1, TJobExecutionStatus.IN_PROGRESS, "", 0);
  }
}
