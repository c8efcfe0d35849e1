// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kitsune.engine.ExecutionProgress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers as the JobManager of Flink 2.3 gives them, shortened. */
final class JobDescriptionTest {
  private static ExecutionProgress progress(String type, int pending) throws Exception {
    return JobDescription.progress(
        new JsonMapper()
            .readTree(
                """
                {"state":"RUNNING","job-type":"%s","pending-operators":%d,"vertices":[
                  {"id":"a","tasks":{"CREATED":0,"RUNNING":0,"FINISHED":2},
                   "metrics":{"read-bytes":70,"read-records":7,"write-records":1}},
                  {"id":"b","tasks":{"DEPLOYING":1,"RUNNING":1,"FINISHED":0},
                   "metrics":{"read-bytes":9,"read-records":1}}],
                 "plan":{"nodes":[{"id":"a"},{"id":"b","inputs":[{"id":"a"}]}]}}
                """
                    .formatted(type, pending)));
  }

  @ParameterizedTest
  @CsvSource({"BATCH, 0, 0.5", "BATCH, 4, 0.25"})
  void aBatchIsAsFarAsItsTasks(String type, int pending, double fraction) throws Exception {
    assertThat(progress(type, pending).fraction()).hasValue(fraction);
  }

  @Test
  void tasksAndWhatSourcesReadAreTold() throws Exception {
    ExecutionProgress progress = progress("STREAMING", 0);

    assertThat(progress.fraction()).isEmpty();
    assertThat(progress.stage()).isEqualTo("running, 1 of 4 tasks running, 2 finished");
    assertThat(progress.rows()).hasValue(7);
    assertThat(progress.bytes()).hasValue(70);
  }

  @Test
  void aJobWithoutTasksHasAStateOnly() {
    ExecutionProgress progress =
        JobDescription.progress(new JsonMapper().valueToTree(Map.of("state", "INITIALIZING")));

    assertThat(progress.stage()).isEqualTo("initializing");
    assertThat(progress.fraction()).isEmpty();
    assertThat(progress.rows()).isEmpty();
  }
}
