// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What an engine's session is opened with.
 *
 * @param sessionId the gateway session's id, unique for the life of the gateway
 * @param user the end user
 * @param thriftProtocol the client's TCLIService protocol version, {@code TProtocolVersion}'s
 *     number; engines whose rows are relayed must speak it
 * @param configuration keys to set in the session when it opens
 * @param client everything that the client has set in its session: an engine that is launched for
 *     the session takes from it what counts at a launch, others do without
 */
public record SessionSettings(
    String sessionId,
    String user,
    int thriftProtocol,
    Map<String, String> configuration,
    Map<String, String> client) {
  public SessionSettings {
    requireNonNull(sessionId, "sessionId");
    requireNonNull(user, "user");
    configuration = Map.copyOf(configuration);
    client = Map.copyOf(client);
  }

  /** For a client that has set nothing. */
  public SessionSettings(
      String sessionId, String user, int thriftProtocol, Map<String, String> configuration) {
    this(sessionId, user, thriftProtocol, configuration, Map.of());
  }
}
