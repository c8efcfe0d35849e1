// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.error.KitsuneException;
import org.junit.jupiter.api.Test;

/** Messages as Spark 3.5.4's Thrift server sent them, traces cut down. */
final class SparkErrorsTest {
  @Test
  void anAnalysisErrorLosesItsPlanAndTrace() {
    KitsuneException failure =
        SparkErrors.failure(
            """
            org.apache.hive.service.cli.HiveSQLException: Error running query: [TABLE_OR_VIEW_NOT_FOUND] org.apache.spark.sql.AnalysisException: [TABLE_OR_VIEW_NOT_FOUND] The table or view `a` cannot be found.
            If you did not qualify the name, do.; line 1 pos 14;
            'Project [*]
            +- 'UnresolvedRelation [a], [], false

            \tat org.apache.spark.sql.hive.thriftserver.X.y(X.scala:43)
            Caused by: org.apache.spark.sql.AnalysisException: [TABLE_OR_VIEW_NOT_FOUND] The table
            """,
            "42P01");

    assertThat(failure)
        .hasMessage(
            "[TABLE_OR_VIEW_NOT_FOUND] The table or view `a` cannot be found.\nIf you did not qualify the name, do.; line 1 pos 14");
    assertThat(failure.code()).isEqualTo("SPARK_TABLE_OR_VIEW_NOT_FOUND");
    assertThat(failure.sqlState()).isEqualTo("42P01");
  }

  @Test
  void aFailureInATaskIsTheTasksOwn() {
    KitsuneException failure =
        SparkErrors.failure(
            """
            org.apache.hive.service.cli.HiveSQLException: Error running query: org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 5.0 failed 1 times, most recent failure: Lost task 0.0 in stage 5.0 (TID 5) (127.0.0.1 executor driver): org.apache.spark.SparkArithmeticException: [DIVIDE_BY_ZERO] Division by zero.
            \tat a.B.c(B.java:1)

            Driver stacktrace:
            \tat d.E.f(E.scala:2)
            Caused by: org.apache.spark.SparkException: Job aborted due to stage failure: Task 0
            \tat a.B.c(B.java:1)
            Caused by: org.apache.spark.SparkArithmeticException: [DIVIDE_BY_ZERO] Division by zero. Use `try_divide`.
            == SQL(line 1, position 8) ==
            SELECT 1 / 0
                   ^^^^^

            \tat a.B.c(B.java:1)
            \t... 3 more
            """,
            null);

    assertThat(failure).hasMessage("[DIVIDE_BY_ZERO] Division by zero. Use `try_divide`.");
    assertThat(failure.sqlState()).isEqualTo("22012");
  }

  @Test
  void aFullDiskSaysWhatToDo() {
    KitsuneException failure =
        SparkErrors.failure(
            """
            org.apache.hive.service.cli.HiveSQLException: Error running query: org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 10.0 failed 1 times, most recent failure: Lost task 0.0 in stage 10.0 (TID 14) (localhost executor driver): java.io.IOException: No space left on device
            \tat java.base/java.io.FileOutputStream.writeBytes(Native Method)

            Driver stacktrace:
            \tat org.apache.spark.scheduler.DAGScheduler.failJobAndIndependentStages(DAGScheduler.scala:2856)
            Caused by: java.io.IOException: No space left on device
            \tat java.base/java.io.FileOutputStream.writeBytes(Native Method)
            \t... 3 more
            """,
            null);

    assertThat(failure)
        .hasMessage(
            "A disk that Spark writes to is full: No space left on device. Make room where it keeps its temporary files (spark.local.dir) and, for a write, where the table lies.");
    assertThat(failure.code()).isEqualTo("SPARK_DISK_FULL");
    assertThat(failure.sqlState()).isEqualTo("53100");
  }

  @Test
  void anErrorWithoutAClassKeepsItsText() {
    KitsuneException failure =
        SparkErrors.failure(
            "org.apache.hive.service.cli.HiveSQLException: Error running query: java.lang.RuntimeException: ratio: [1] of 2\n\tat a.B.c(B.java:1)\n",
            null);

    assertThat(failure).hasMessage("ratio: [1] of 2");
    assertThat(failure.code()).isEqualTo("SPARK_STATEMENT_FAILED");
    assertThat(failure.sqlState()).isEqualTo("HY000");
  }

  @Test
  void aSubclassHasItsClassesState() {
    KitsuneException failure =
        SparkErrors.failure("[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column cannot be resolved.", "");

    assertThat(failure.code()).isEqualTo("SPARK_UNRESOLVED_COLUMN_WITH_SUGGESTION");
    assertThat(failure.sqlState()).isEqualTo("42703");
  }

  @Test
  void noMessageIsSaidToBeNone() {
    assertThat(SparkErrors.failure(null, null)).hasMessage("Spark gave no reason for the failure.");
  }

  @Test
  void aVeryLongMessageIsCut() {
    assertThat(SparkErrors.failure("x".repeat(100_000), null).getMessage()).hasSize(4_001);
  }
}
