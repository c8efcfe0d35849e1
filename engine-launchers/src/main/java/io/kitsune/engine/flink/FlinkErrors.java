// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.kitsune.engine.flink.ServerTrace.Cause;
import io.kitsune.error.KitsuneException;
import java.util.Optional;

/**
 * Flink's errors as users should see them. Flink has neither codes nor SQLSTATEs, and the SQL
 * Gateway answers with a Java stack trace: the code and the state are made from the exceptions in
 * it, the message is the one that says what is wrong.
 */
final class FlinkErrors {
  private static final int MESSAGE_LENGTH = 4_000;
  private static final String SYNTAX = "FLINK_SYNTAX_ERROR";
  private static final String INVALID = "FLINK_INVALID_STATEMENT";
  private static final String UNBOUNDED = "FLINK_UNBOUNDED_SOURCE";

  private FlinkErrors() {}

  /** The error in an answer of the SQL Gateway. */
  static KitsuneException of(int status, JsonNode body) {
    JsonNode errors = body.path("errors");
    String text = errors.isEmpty() ? "" : errors.get(errors.size() - 1).asText();
    if (text.contains("Could not map response to JSON")) {
      return new KitsuneException(
          "FLINK_TYPE_UNSUPPORTED",
          "0A000",
          "A column of the result is of a type that Flink's SQL Gateway cannot send: a MAP whose keys are not text, a MULTISET or a VARIANT. CAST it to STRING, or turn it into an ARRAY.");
    } else if (text.contains("Session '") && text.contains("does not exist")) {
      return new KitsuneException(
          "ENGINE_GONE",
          "08003",
          "Flink's SQL Gateway no longer knows the session. Run the statement again.");
    } else if (text.isEmpty()) {
      return new KitsuneException(
          "ENGINE_PROTOCOL_ERROR",
          "08P01",
          "Flink's SQL Gateway answered with HTTP status " + status + " and no reason.");
    }
    return of(ServerTrace.parse(text));
  }

  private static KitsuneException of(ServerTrace trace) {
    Optional<Cause> syntax = trace.first("SqlParserException", "SqlParserEOFException");
    if (syntax.isPresent()) {
      String message = withoutExpectations(syntax.get().message());
      return error(SYNTAX, "42601", "SQL parse failed. ", message);
    }
    Cause root = trace.root();
    if (root.message().contains("in batch mode is not allowed. The table source is unbounded")) {
      return error(UNBOUNDED, "0A000", "", root.message());
    }
    // It knows the place; the root does not.
    Optional<Cause> placed = trace.first("CalciteContextException");
    if (placed.isPresent() || trace.first("ValidationException").isPresent()) {
      String message = placed.orElse(root).message();
      return error(INVALID, analysisState(root.message()), "", message);
    }
    return error("FLINK_STATEMENT_FAILED", runtimeState(root), "", said(root));
  }

  /** Whether a statement was refused because one of its sources never ends. */
  static boolean unbounded(KitsuneException error) {
    return error.code().equals(UNBOUNDED);
  }

  /** The same, with the job in which it happened. */
  static KitsuneException in(Optional<String> job, KitsuneException error) {
    return job.isEmpty() || !error.code().startsWith("FLINK_")
        ? error
        : new KitsuneException(
            error.code(),
            error.sqlState(),
            error.getMessage() + " (Flink job " + job.get() + ")",
            error);
  }

  /** Whether a statement may have started its job although it failed so. */
  static boolean jobPossible(KitsuneException error) {
    return !unbounded(error) && !error.code().equals(SYNTAX) && !error.code().equals(INVALID);
  }

  static KitsuneException cancelled() {
    return new KitsuneException("STATEMENT_CANCELLED", "HY008", "The statement was cancelled.");
  }

  private static KitsuneException error(String code, String state, String prefix, String message) {
    String text = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    return new KitsuneException(
        code,
        state,
        text.length() <= MESSAGE_LENGTH ? text : text.substring(0, MESSAGE_LENGTH) + "…");
  }

  /** The parser lists the hundreds of words that it could have gone on with. */
  private static String withoutExpectations(String message) {
    int expectations = message.indexOf("\nWas expecting");
    return expectations < 0 ? message : message.substring(0, expectations);
  }

  private static String analysisState(String message) {
    if (!message.contains("not found") && !message.contains("does not exist")) {
      return "42000";
    } else if (message.startsWith("Column")) {
      return "42703";
    } else if (message.contains("function")) {
      return "42883";
    }
    return "42P01";
  }

  private static String runtimeState(Cause root) {
    return switch (root.type()) {
      case "NumberFormatException" -> "22018";
      case "DateTimeException", "DateTimeParseException" -> "22007";
      case "ArithmeticException" -> root.message().contains("zero") ? "22012" : "22003";
      case "OutOfMemoryError" -> "53200";
      case "NoResourceAvailableException" -> "53000";
      case "TableAlreadyExistException" -> "42P07";
      case "DatabaseAlreadyExistException" -> "42P06";
      case "TableNotExistException" -> "42P01";
      case "DatabaseNotExistException" -> "3F000";
      default -> "HY000";
    };
  }

  private static String said(Cause root) {
    if (root.message().isEmpty()) {
      return "Flink failed with " + root.type() + ", and without a message.";
    }
    return root.type().equals("NoResourceAvailableException")
        ? "All of Flink's slots are taken by other jobs. Stop one (SHOW JOBS, STOP JOB '…'), or raise kitsune.flink.slots."
        : root.message();
  }
}
