// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatusCode;

/**
 * Spark's errors as users should see them: the error itself without stack traces, plans and Java's
 * class names; Spark's error class as the code, its SQLSTATE also where the Thrift server leaves it
 * out.
 */
public final class SparkErrors {
  /** An error in a statement for which Spark has no class. */
  private static final String NO_CLASS = "SPARK_STATEMENT_FAILED";

  private static final String NO_STATE = "HY000";

  /** How a full disk is known, for which Spark has no class: Java quotes the operating system. */
  private static final String DISK_FULL = "java.io.IOException: No space left on device";

  private static final int MESSAGE_LENGTH = 4_000;
  private static final String TASK_FAILURE = "Job aborted due to stage failure: ";
  private static final Properties STATES = states();

  private SparkErrors() {}

  /** Throws what a call's answer says, unless it succeeded. */
  static void check(TStatus status) {
    if (status.getStatusCode() == TStatusCode.ERROR_STATUS
        || status.getStatusCode() == TStatusCode.INVALID_HANDLE_STATUS) {
      throw failure(status.getErrorMessage(), status.getSqlState());
    }
  }

  /**
   * The failure of a statement.
   *
   * @param text the server's message, perhaps with a stack trace; may be null
   * @param sqlState the server's SQLSTATE; may be null
   */
  public static KitsuneException failure(String text, String sqlState) {
    String message = message(text == null ? "" : text);
    Optional<String> errorClass = errorClass(message);
    if (errorClass.isEmpty() && text != null && text.contains(DISK_FULL)) {
      return new KitsuneException(
          "SPARK_DISK_FULL",
          "53100",
          "A disk that Spark writes to is full: %s. Make room where it keeps its temporary files (spark.local.dir) and, for a write, where the table lies."
              .formatted(message));
    }
    String state =
        validState(sqlState)
            .or(() -> errorClass.map(SparkErrors::mainClass).map(STATES::getProperty))
            .orElse(NO_STATE);
    String code = errorClass.map(name -> "SPARK_" + name.replace('.', '_')).orElse(NO_CLASS);
    return new KitsuneException(
        code, state, message.isEmpty() ? "Spark gave no reason for the failure." : message);
  }

  /**
   * The same, with the statement in which it happened.
   *
   * @param statement Spark's own name for it, by which its log and its user interface know it
   */
  public static KitsuneException in(UUID statement, KitsuneException error) {
    return new KitsuneException(
        error.code(),
        error.sqlState(),
        "%s (Spark's statement %s)".formatted(error.getMessage(), statement),
        error);
  }

  /** Of a statement that was cancelled. */
  public static KitsuneException cancelled() {
    return new KitsuneException("STATEMENT_CANCELLED", "HY008", "The statement was cancelled.");
  }

  private static Optional<String> validState(String sqlState) {
    return Optional.ofNullable(sqlState).filter(state -> state.length() == 5);
  }

  /** The text of the innermost Spark error, up to its stack trace or plan. */
  private static String message(String text) {
    String outer = beforeTrace(text);
    // A failure in a task hides the error's own text behind the job's.
    int task = outer.indexOf(TASK_FAILURE);
    String message = task < 0 ? outer : innermostCause(text).orElse(outer.substring(task));
    message = withoutClassNames(message).strip();
    return message.length() <= MESSAGE_LENGTH
        ? message
        : message.substring(0, MESSAGE_LENGTH) + "…";
  }

  private static String beforeTrace(String text) {
    int end = text.length();
    for (String mark : new String[] {"\n\tat ", "\n\nDriver stacktrace:", ";\n'", "\n== SQL"}) {
      int index = text.indexOf(mark);
      end = index < 0 ? end : Math.min(end, index);
    }
    return text.substring(0, end);
  }

  private static Optional<String> innermostCause(String text) {
    String mark = "\nCaused by: ";
    int last = text.lastIndexOf(mark);
    return last < 0
        ? Optional.empty()
        : Optional.of(beforeTrace(text.substring(last + mark.length())));
  }

  /**
   * Cuts off what stands before the message itself: "Error running query: [CLASS]
   * org.apache.spark.sql.AnalysisException: [CLASS] text".
   */
  private static String withoutClassNames(String text) {
    String rest = text;
    int start = 0;
    for (int colon = rest.indexOf(": "); colon >= 0; colon = rest.indexOf(": ", start)) {
      String before = rest.substring(start, colon);
      if (!prefix(before)) {
        break;
      }
      start = colon + 2;
    }
    return rest.substring(start);
  }

  private static boolean prefix(String before) {
    String bare = before.strip();
    if (bare.startsWith("[")) {
      int close = bare.indexOf("] ");
      bare = close < 0 ? bare : bare.substring(close + 2);
    }
    return bare.equals("Error running query") || javaClass(bare);
  }

  /** A qualified Java name: no blanks, at least two dots, a capital after the last. */
  private static boolean javaClass(String text) {
    int lastDot = text.lastIndexOf('.');
    return lastDot > 0
        && text.indexOf('.') < lastDot
        && lastDot + 1 < text.length()
        && Character.isUpperCase(text.charAt(lastDot + 1))
        && text.chars().allMatch(c -> c == '.' || Character.isJavaIdentifierPart(c));
  }

  /** The name in brackets that a message of Spark begins with. */
  private static Optional<String> errorClass(String message) {
    int close = message.indexOf(']');
    if (!message.startsWith("[") || close < 2) {
      return Optional.empty();
    }
    String name = message.substring(1, close);
    boolean capitals =
        name.chars()
            .allMatch(c -> c == '_' || c == '.' || (c >= 'A' && c <= 'Z') || Character.isDigit(c));
    return capitals ? Optional.of(name) : Optional.empty();
  }

  /** {@code UNRESOLVED_COLUMN} of {@code UNRESOLVED_COLUMN.WITH_SUGGESTION}. */
  private static String mainClass(String errorClass) {
    int dot = errorClass.indexOf('.');
    return dot < 0 ? errorClass : errorClass.substring(0, dot);
  }

  private static Properties states() {
    Properties states = new Properties();
    try (InputStream in = SparkErrors.class.getResourceAsStream("sqlstates.properties")) {
      states.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return states;
  }
}
