// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kitsune.error.KitsuneException;

/**
 * DuckDB's errors as ours. JDBC gives no SQLSTATE; the instance is told to write errors as JSON
 * ({@code errors_as_json}), which survives the prefixes that JDBC and Arrow put before it.
 */
final class DuckDbErrors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DuckDbErrors() {}

  /** What DuckDB says of itself. */
  record Native(String type, String message) {
    /** After such an error the whole instance refuses to work. */
    boolean fatal() {
      return type.equals("FATAL");
    }
  }

  static KitsuneException of(Throwable thrown) {
    if (thrown instanceof KitsuneException ours) {
      return ours;
    }
    Native error = parse(thrown);
    return of(error.type(), error.message(), thrown);
  }

  /** The error inside an exception of JDBC or of Arrow's C data reader. */
  static Native parse(Throwable thrown) {
    String text = String.valueOf(thrown.getMessage());
    int json = text.indexOf("{\"exception_type\"");
    if (json >= 0) {
      try {
        JsonNode error = JSON.readTree(text.substring(json));
        return new Native(
            error.path("exception_type").asText(), error.path("exception_message").asText());
      } catch (JsonProcessingException e) {
        thrown.addSuppressed(e);
      }
    }
    return new Native("", text);
  }

  /**
   * An error of DuckDB's.
   *
   * @param type DuckDB's own name of the kind, without the word Error
   * @param cause may be null
   */
  static KitsuneException of(String type, String message, Throwable cause) {
    String first = withoutAdvice(message);
    return switch (type) {
      case "Out of Memory" ->
          message.contains("max_temp_directory_size")
              ? temporarySpace(first, cause)
              : error(
                  "ENGINE_OUT_OF_MEMORY",
                  "53200",
                  "DuckDB ran out of memory: %s. Raise kitsune.duckdb.memory-limit, or run the statement with SET kitsune.engine=spark.",
                  first,
                  cause);
      case "IO" -> inputOutput(first, cause);
      case "INTERRUPT", "Interrupt" -> cancelled(cause);
      case "Parser", "Syntax" -> rejected("42601", first, cause);
      case "Binder", "Catalog", "Parameter Not Resolved", "Invalid type" ->
          rejected("42000", first, cause);
      case "Missing Extension", "Extension Autoloading", "Not implemented" ->
          rejected("0A000", first, cause);
      case "Permission" -> rejected("42501", first, cause);
      case "Conversion", "Invalid" -> data("22018", first, cause);
      case "Out of Range" -> data("22003", first, cause);
      case "Divide by Zero" -> data("22012", first, cause);
      case "Invalid Input" -> corrupt(first) ? damaged(first, cause) : data("22023", first, cause);
      case "FATAL" ->
          error(
              "ENGINE_GONE",
              "08006",
              "DuckDB broke down: %s. It is started anew; run the statement again, and please report it.",
              first,
              cause);
      default ->
          error(
              "ENGINE_FAILED",
              "XX000",
              "DuckDB failed: %s. Run the statement with SET kitsune.engine=spark, and please report it.",
              first,
              cause);
    };
  }

  static KitsuneException cancelled(Throwable cause) {
    return new KitsuneException(
        "STATEMENT_CANCELLED", "HY008", "The statement was cancelled.", cause);
  }

  private static KitsuneException inputOutput(String message, Throwable cause) {
    if (message.contains("No space left on device")) {
      return error(
          "ENGINE_TEMPORARY_SPACE_EXHAUSTED",
          "53100",
          "The disk of DuckDB's temporary files is full: %s. Make room there, name another folder by kitsune.duckdb.temp-directory, or run the statement with SET kitsune.engine=spark.",
          message,
          cause);
    } else if (message.contains("No files found") || message.contains("No such file")) {
      return error(
          "ENGINE_FILE_MISSING",
          "KD001",
          "A file that the statement was resolved to is gone: %s. The table was changed in the meantime: run the statement again.",
          message,
          cause);
    } else if (corrupt(message)) {
      return damaged(message, cause);
    }
    return error(
        "ENGINE_FILE_UNREADABLE",
        "58030",
        "DuckDB could not read a file: %s. Check that the gateway's user may read it.",
        message,
        cause);
  }

  private static boolean corrupt(String message) {
    return message.contains("No magic bytes found")
        || message.contains("too small to be a Parquet file")
        || message.contains("TProtocolException")
        || message.contains("ecompression failure")
        || message.contains("parquet")
        || message.contains("Parquet");
  }

  private static KitsuneException damaged(String message, Throwable cause) {
    return error(
        "ENGINE_FILE_CORRUPT",
        "KD001",
        "A file is not readable as Parquet: %s. Restore or remove the file.",
        message,
        cause);
  }

  private static KitsuneException temporarySpace(String message, Throwable cause) {
    return error(
        "ENGINE_TEMPORARY_SPACE_EXHAUSTED",
        "53100",
        "DuckDB needed more room for temporary files than it has: %s. Raise kitsune.duckdb.max-temp-directory-size, or run the statement with SET kitsune.engine=spark.",
        message,
        cause);
  }

  private static KitsuneException rejected(String sqlState, String message, Throwable cause) {
    return error(
        "ENGINE_QUERY_REJECTED",
        sqlState,
        "DuckDB does not take the query that Kitsune wrote for it: %s. Run the statement with SET kitsune.engine=spark, and please report it.",
        message,
        cause);
  }

  private static KitsuneException data(String sqlState, String message, Throwable cause) {
    return error("ENGINE_DATA_INVALID", sqlState, "%s.", message, cause);
  }

  private static KitsuneException error(
      String code, String sqlState, String pattern, String message, Throwable cause) {
    return new KitsuneException(code, sqlState, pattern.formatted(message), cause);
  }

  /** The first paragraph: behind it stands advice for people who run DuckDB themselves. */
  private static String withoutAdvice(String message) {
    int end = message.indexOf("\n\n");
    String first = (end < 0 ? message : message.substring(0, end)).strip();
    return first.endsWith(".") || first.endsWith("!")
        ? first.substring(0, first.length() - 1)
        : first;
  }
}
