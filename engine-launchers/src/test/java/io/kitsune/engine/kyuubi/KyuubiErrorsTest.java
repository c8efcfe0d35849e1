// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.engine.thrift.Authentication;
import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of a stock Kyuubi 1.12.0 with its Spark 3.5 engine, their traces shortened. */
class KyuubiErrorsTest {
  private static final KyuubiEngineSettings SETTINGS =
      new KyuubiEngineSettings(
          KyuubiEngine.SPARK,
          KyuubiServers.at(List.of()),
          new KyuubiLogin.EndUser(new Authentication.NoSasl()),
          "router-1",
          Map.of(),
          new KyuubiEngineSettings.Limits(Duration.ofMinutes(1), Duration.ofMinutes(1), 1, 1));

  private static final String ANALYSIS =
      """
      org.apache.kyuubi.KyuubiSQLException: org.apache.kyuubi.KyuubiSQLException: Error operating ExecuteStatement: org.apache.spark.sql.AnalysisException: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `nowhere` cannot be resolved. Did you mean one of the following? [`answer`].; line 1 pos 7;
      'Project ['nowhere]
      +- SubqueryAlias v
      \tat org.apache.spark.sql.errors.QueryCompilationErrors$.unresolvedAttributeError(QueryCompilationErrors.scala:307)
      \tat org.apache.kyuubi.KyuubiSQLException$.apply(KyuubiSQLException.scala:69)
      """;

  private static final String TASK =
      """
      org.apache.kyuubi.KyuubiSQLException: org.apache.kyuubi.KyuubiSQLException: Error operating ExecuteStatement: org.apache.spark.SparkException: Job aborted due to stage failure: Task 1 in stage 9.0 failed 1 times, most recent failure: Lost task 1.0 in stage 9.0 (TID 60) (localhost executor driver): org.apache.spark.SparkNumberFormatException: [CAST_INVALID_INPUT] The value 'abc' of the type "STRING" cannot be cast to "INT" because it is malformed.
      \tat org.apache.spark.sql.errors.QueryExecutionErrors$.invalidInputInCastToNumberError(QueryExecutionErrors.scala:145)

      Driver stacktrace:
      \tat org.apache.spark.scheduler.DAGScheduler.failJobAndIndependentStages(DAGScheduler.scala:2898)
      Caused by: org.apache.spark.SparkNumberFormatException: [CAST_INVALID_INPUT] The value 'abc' of the type "STRING" cannot be cast to "INT" because it is malformed.
      \tat org.apache.spark.sql.errors.QueryExecutionErrors$.invalidInputInCastToNumberError(QueryExecutionErrors.scala:145)
      """;

  @Test
  void theEnginesErrorIsUnwrappedAndHasItsState() {
    KitsuneException error = KyuubiErrors.statement(SETTINGS, ANALYSIS, null);

    assertThat(error.code()).isEqualTo("SPARK_UNRESOLVED_COLUMN_WITH_SUGGESTION");
    assertThat(error.sqlState()).isEqualTo("42703");
    assertThat(error)
        .hasMessage(
            "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `nowhere` cannot be resolved. Did you mean one of the following? [`answer`].; line 1 pos 7");
  }

  @Test
  void anErrorInATaskIsTheTasks() {
    KitsuneException error = KyuubiErrors.statement(SETTINGS, TASK, null);

    assertThat(error.code()).isEqualTo("SPARK_CAST_INVALID_INPUT");
    assertThat(error.sqlState()).isEqualTo("22018");
    assertThat(error).hasMessageStartingWith("[CAST_INVALID_INPUT] The value 'abc'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invalid SessionHandle [8f6d7e7a-2b0c-4d3e-9a51-0c5f7f1c2a11]",
        "org.apache.kyuubi.KyuubiSQLException: Error operating ExecuteStatement: Socket for SessionHandle [8f6d7e7a] is closed",
        "Error operating ExecuteStatement: org.apache.kyuubi.shaded.thrift.transport.TTransportException: java.net.SocketException: Broken pipe\n\tat a.B"
      })
  void theEndOfASessionIsKnown(String text) {
    assertThat(KyuubiErrors.gone(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.kyuubi.KyuubiSQLException: Error operating ExecuteStatement: java.lang.RuntimeException: Invalid SessionHandle [x]",
        "Error operating ExecuteStatement: org.apache.spark.sql.AnalysisException: [A] connection does not exist"
      })
  void aUsersOwnWordsAreNotTaken(String text) {
    assertThat(KyuubiErrors.gone(text)).isFalse();
  }

  @Test
  void aLoopIsKnownInAStatementTooButNotInAUsersWords() {
    assertThat(
            KyuubiErrors.statement(
                    SETTINGS, "Error operating ExecuteStatement: ROUTING_LOOP: Kyuubi sent", null)
                .code())
        .isEqualTo("ROUTING_LOOP");
    assertThat(
            KyuubiErrors.statement(
                    SETTINGS,
                    "Error operating ExecuteStatement: java.lang.RuntimeException: ROUTING_LOOP",
                    null)
                .code())
        .isEqualTo("SPARK_STATEMENT_FAILED");
  }

  @Test
  void whoMayNotImpersonateIsToldWhatToSet() {
    KitsuneException error =
        KyuubiErrors.opening(
            SETTINGS,
            "kyuubi-1:10009",
            "org.apache.kyuubi.KyuubiSQLException: Failed to validate proxy privilege of kitsune for ann\n\tat a.B");

    assertThat(error.code()).isEqualTo("ENGINE_LAUNCH_REFUSED");
    assertThat(error).hasMessageContaining("hadoop.proxyuser.").hasMessageNotContaining("\tat ");
  }
}
