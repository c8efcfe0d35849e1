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
 */
public record SessionSettings(
    String sessionId, String user, int thriftProtocol, Map<String, String> configuration) {
  public SessionSettings {
    requireNonNull(sessionId, "sessionId");
    requireNonNull(user, "user");
    configuration = Map.copyOf(configuration);
  }
}
