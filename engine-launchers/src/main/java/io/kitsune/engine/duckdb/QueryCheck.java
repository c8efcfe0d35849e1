// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;

/**
 * Lets through only texts that are one SELECT and open no file but those their dispatch names.
 * DuckDB's own parser reads the text ({@code json_serialize_sql}, which refuses everything but
 * SELECT), {@link QueryTree} walks what it read. Texts that were read before are remembered by
 * their whole content. Thread-safe.
 */
final class QueryCheck {
  /** Characters of remembered texts; about twice as many bytes. */
  private static final long REMEMBERED_CHARACTERS = 8L << 20;

  /** A chain of a thousand operators is a tree as deep; DuckDB itself stops at that. */
  private static final int DEEPEST = 10_000;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEEPEST)
                      .maxStringLength(Integer.MAX_VALUE)
                      .build())
              .build());

  /** By text: the files it opens. */
  private final Cache<String, Set<String>> seen =
      Caffeine.newBuilder()
          .maximumWeight(REMEMBERED_CHARACTERS)
          .<String, Set<String>>weigher((text, files) -> 2 * text.length() + 64)
          .build();

  /**
   * Returns if the query may run.
   *
   * @throws KitsuneException {@code ENGINE_QUERY_REFUSED} if it may not
   */
  void check(Connection connection, Dispatch.DuckDbQuery query) throws SQLException {
    Set<String> files = seen.getIfPresent(query.text());
    if (files == null) {
      files = QueryTree.files(parse(connection, query.text()));
      seen.put(query.text(), files);
    }
    for (String file : files) {
      if (!query.files().contains(file)) {
        throw refused(
            "it opens the file '%s', which is not among the %d files the statement was resolved to"
                .formatted(file, query.files().size()));
      }
    }
  }

  static KitsuneException refused(String reason) {
    return new KitsuneException(
        "ENGINE_QUERY_REFUSED",
        "42501",
        "DuckDB was not given the query: %s. This is a fault of Kitsune: please report the statement, and run it with SET kitsune.engine=spark."
            .formatted(reason));
  }

  private static JsonNode parse(Connection connection, String text) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
      statement.setString(1, text);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        JsonNode parsed = JSON.readTree(result.getString(1));
        if (parsed.path("error").asBoolean(true)) {
          throw notRead(parsed);
        }
        return parsed;
      }
    } catch (JsonProcessingException e) {
      throw refused("DuckDB's parser answered with something that is not JSON (" + e + ")");
    }
  }

  private static KitsuneException notRead(JsonNode parsed) {
    String message = parsed.path("error_message").asText();
    if (parsed.path("error_type").asText().equals("parser")) {
      return DuckDbErrors.of("Parser", message, null);
    }
    return refused("DuckDB's parser says: " + message);
  }
}
