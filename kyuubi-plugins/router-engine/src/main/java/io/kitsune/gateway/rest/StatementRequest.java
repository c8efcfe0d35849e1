// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.kitsune.gateway.DirectSession;
import io.kitsune.router.reading.Grammar;
import io.kitsune.router.reading.StatementReader;
import io.kitsune.router.reading.Variables;
import io.kitsune.router.workload.ClientApplication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client wants to have run, or decided.
 *
 * @param sessionId of a session that was opened; empty for one of the statement's own
 * @param place catalog and schema of the statement's own session, as a connection string has them
 * @param settings for this statement alone
 * @param maxRows the most rows; empty for all
 * @param parameters as they came: at most one element
 */
record StatementRequest(
    String sql,
    Optional<String> sessionId,
    Map<String, String> place,
    Map<String, String> settings,
    OptionalLong maxRows,
    List<JsonNode> parameters) {
  private static final String ENGINE = "kitsune.engine";

  /**
   * Reads one.
   *
   * @throws ProblemException 400 for what is not as it should be
   */
  static StatementRequest of(JsonFields fields) {
    String sql = fields.requiredText("sql");
    Optional<String> session = fields.text("sessionId");
    Map<String, String> place = place(fields);
    if (session.isPresent() && !place.isEmpty()) {
      throw Problem.invalid(
          "Catalog and schema are the session's where sessionId is given: USE them there.");
    }
    Map<String, String> settings = new HashMap<>(fields.texts("settings"));
    fields.text("engine").ifPresent(engine -> put(settings, "engine", ENGINE, engine));
    fields.client().ifPresent(name -> put(settings, "client", ClientApplication.KEY, name));
    OptionalLong maxRows = fields.positive("maxRows");
    List<JsonNode> parameters = fields.any("parameters").map(List::of).orElse(List.of());
    fields.requireNoOther();
    return new StatementRequest(sql, session, place, settings, maxRows, parameters);
  }

  /**
   * The statement with its parameters in it.
   *
   * @throws ProblemException 400 for a value that is none
   * @throws io.kitsune.error.KitsuneException if values and markers do not match, or the statement
   *     cannot be read
   */
  String bound(DirectSession session, StatementReader reader) {
    if (parameters.isEmpty()) {
      return sql;
    }
    Map<String, String> configuration = session.configuration(settings);
    Grammar grammar = Grammar.of(configuration);
    return reader.bind(
        Variables.substitute(sql, configuration),
        grammar,
        ParameterValues.of(parameters.get(0), grammar));
  }

  /** The catalog and the schema that are asked for, as a connection string has them. */
  static Map<String, String> place(JsonFields fields) {
    Map<String, String> place = new HashMap<>();
    fields.text("catalog").ifPresent(catalog -> place.put("use:catalog", catalog));
    fields.text("schema").ifPresent(schema -> place.put("use:database", schema));
    return place;
  }

  private static void put(Map<String, String> settings, String field, String key, String value) {
    if (settings.put(key, value) != null) {
      throw Problem.impossible(
          "SETTING_INVALID",
          "22023",
          "The field %s and the setting %s say the same: give one of them.".formatted(field, key));
    }
  }
}
