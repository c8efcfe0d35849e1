// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session for questions of our own, each run to its first rows on the caller's thread. */
final class ServiceSession implements AutoCloseable {
  private final GatewayClient client;
  private final String handle;

  private ServiceSession(GatewayClient client, String handle) {
    this.client = client;
    this.handle = handle;
  }

  /**
   * Opens one.
   *
   * @param first statements to run in it before any other
   */
  static ServiceSession open(GatewayClient client, List<String> first) {
    ServiceSession session = new ServiceSession(client, client.open(Map.of()));
    try {
      first.forEach(statement -> client.configure(session.handle, statement));
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * Runs a statement to its end.
   *
   * @return every row, each with {@code kind} and {@code fields}
   * @throws KitsuneException why it failed, or {@code ENGINE_TIMEOUT}
   */
  List<JsonNode> run(String statement, Map<String, String> configuration, Duration limit) {
    String operation = client.submit(handle, statement, configuration);
    try {
      Pauses pauses = new Pauses();
      List<JsonNode> all = new ArrayList<>();
      Optional<String> place = Optional.of(GatewayClient.firstPage(handle, operation));
      long began = System.nanoTime();
      while (System.nanoTime() - began < limit.toNanos()) {
        if (client.fetch(place.get()) instanceof ResultPage.Rows rows) {
          all.addAll(rows.rows());
          place = rows.next();
          if (place.isEmpty()) {
            return all;
          }
        }
        pauses.pause();
      }
      throw new KitsuneException(
          "ENGINE_TIMEOUT",
          "57014",
          "Flink did not answer within %d s: %s".formatted(limit.toSeconds(), statement));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KitsuneException(
          "ENGINE_INTERRUPTED", "57014", "Interrupted while Flink was asked", e);
    } finally {
      client.close(handle, operation);
    }
  }

  @Override
  public void close() {
    client.closeSession(handle);
  }
}
