// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kitsune.error.KitsuneException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Traces as the SQL Gateway of Flink 2.3 sends them, shortened. */
final class FlinkErrorsTest {
  private static KitsuneException error(String... causes) {
    StringBuilder trace =
        new StringBuilder(
            "<Exception on server side:\norg.apache.flink.table.gateway.api.utils.SqlGatewayException: Failed to fetchResults.\n\tat a.B.c(B.java:1)\n");
    for (String cause : causes) {
      trace.append("Caused by: ").append(cause).append("\n\tat a.B.c(B.java:1)\n\t... 4 more\n");
    }
    trace.append("\nEnd of exception on server side>");
    return FlinkErrors.of(
        500,
        new JsonMapper()
            .valueToTree(Map.of("errors", List.of("Internal server error.", trace.toString()))));
  }

  @Test
  void aSyntaxErrorIsToldWithoutTheWordsThatWereExpected() {
    KitsuneException error =
        error(
            "org.apache.flink.table.gateway.service.utils.SqlExecutionException: Failed to execute the operation x.",
            "org.apache.flink.table.api.SqlParserException: SQL parse failed. Encountered \"x\" at line 7, column 16.\nWas expecting one of:\n    \"ABS\" ...",
            "org.apache.calcite.sql.parser.SqlParseException: Encountered \"x\"");

    assertThat(error).hasMessage("Encountered \"x\" at line 7, column 16.");
    assertThat(error.code()).isEqualTo("FLINK_SYNTAX_ERROR");
    assertThat(error.sqlState()).isEqualTo("42601");
  }

  @Test
  void aNameThatIsNotThereIsToldWithItsPlace() {
    KitsuneException table =
        error(
            "org.apache.flink.table.api.ValidationException: SQL validation failed. From line 1, column 16: Object 'ub' not found",
            "org.apache.calcite.runtime.CalciteContextException: From line 1, column 16 to line 1, column 17: Object 'ub' not found",
            "org.apache.calcite.sql.validate.SqlValidatorException: Object 'ub' not found");
    assertThat(table)
        .hasMessage("From line 1, column 16 to line 1, column 17: Object 'ub' not found");
    assertThat(table.sqlState()).isEqualTo("42P01");

    KitsuneException column =
        error(
            "org.apache.calcite.runtime.CalciteContextException: From line 1, column 8: Column 'n' not found in any table",
            "org.apache.calcite.sql.validate.SqlValidatorException: Column 'n' not found in any table");
    assertThat(column.sqlState()).isEqualTo("42703");
  }

  @Test
  void whatFailsWhileRunningIsToldByItsRoot() {
    KitsuneException error =
        error(
            "org.apache.flink.runtime.client.JobExecutionException: Job execution failed.",
            "org.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy",
            "java.lang.NumberFormatException: For input string: 'abc'. Invalid character found.");

    assertThat(error).hasMessage("For input string: 'abc'. Invalid character found.");
    assertThat(error.sqlState()).isEqualTo("22018");
    assertThat(FlinkErrors.in(Optional.of("0ff"), error))
        .hasMessageEndingWith("found. (Flink job 0ff)");
    assertThat(error("java.lang.ArithmeticException: Division by zero").sqlState())
        .isEqualTo("22012");
  }

  @Test
  void whatIsAboutTheOptionsOfATableDoesNotRepeatThem() {
    assertThat(
            error(
                "org.apache.flink.table.api.ValidationException: Unable to create a sink for writing table 'flink.default.t'.\n\nTable options are:\n\n'password'='secret'",
                "org.apache.flink.table.api.ValidationException: Connector 'datagen' can only be used as a source."))
        .hasMessage("Connector 'datagen' can only be used as a source.");
  }

  @Test
  void aSourceThatNeverEndsIsKnown() {
    assertThat(
            FlinkErrors.unbounded(
                error(
                    "org.apache.flink.table.api.ValidationException: Querying an unbounded table 'flink.default.ub' in batch mode is not allowed. The table source is unbounded.")))
        .isTrue();
    assertThat(FlinkErrors.unbounded(error("java.lang.ArithmeticException: Division by zero")))
        .isFalse();
  }

  @Test
  void anErrorWithoutAMessageNamesItsClass() {
    KitsuneException error =
        FlinkErrors.of(
            500,
            new JsonMapper()
                .valueToTree(Map.of("errors", List.of("java.lang.NullPointerException\n\tat a"))));

    assertThat(error).hasMessageContaining("NullPointerException");
  }

  @Test
  void aTypeThatCannotBeSentSaysWhatToDo() {
    KitsuneException error =
        FlinkErrors.of(
            500,
            new JsonMapper()
                .valueToTree(
                    Map.of(
                        "errors",
                        List.of("Internal server error. Could not map response to JSON."))));

    assertThat(error).hasMessageContaining("CAST");
    assertThat(error.sqlState()).isEqualTo("0A000");
  }
}
