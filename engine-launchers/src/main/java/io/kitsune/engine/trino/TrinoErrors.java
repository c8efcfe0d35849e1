// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.error.KitsuneException;
import io.trino.client.QueryError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Trino's errors as users should see them: Trino's error name as the code ({@code
 * TRINO_DIVISION_BY_ZERO}), the SQLSTATE that means the same, Trino's message and the query's id.
 */
final class TrinoErrors {
  private static final int MESSAGE_LENGTH = 4_000;
  private static final Properties STATES = states();

  private TrinoErrors() {}

  static KitsuneException of(QueryError error, String queryId) {
    String name = error.getErrorName() == null ? "FAILED" : error.getErrorName();
    String type = error.getErrorType() == null ? "" : error.getErrorType();
    String state = STATES.getProperty(name, ofType(type));
    if (state.equals("HY008")) {
      return new KitsuneException(
          "STATEMENT_CANCELLED",
          state,
          "Somebody cancelled the statement in Trino (query %s).".formatted(queryId));
    }
    return new KitsuneException(
        "TRINO_" + name,
        state,
        "%s (Trino's query %s)%s".formatted(message(error), queryId, advice(state)));
  }

  /** Of a kind of error for which the particular one is not listed. */
  private static String ofType(String type) {
    return switch (type) {
      case "USER_ERROR" -> "42000";
      case "INSUFFICIENT_RESOURCES" -> "53000";
      case "EXTERNAL" -> "58000";
      default -> "XX000";
    };
  }

  private static String message(QueryError error) {
    String text = error.getMessage() == null ? "Trino gave no reason" : error.getMessage().strip();
    return text.length() <= MESSAGE_LENGTH ? text : text.substring(0, MESSAGE_LENGTH) + "…";
  }

  private static String advice(String state) {
    return state.equals("53200")
        ? ". Raise kitsune.trino.heap or the cluster's limits, or run the statement with SET kitsune.engine=spark."
        : "";
  }

  static KitsuneException cancelled() {
    return new KitsuneException("STATEMENT_CANCELLED", "HY008", "The statement was cancelled.");
  }

  private static Properties states() {
    Properties states = new Properties();
    try (InputStream in = TrinoErrors.class.getResourceAsStream("sqlstates.properties")) {
      states.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return states;
  }
}
