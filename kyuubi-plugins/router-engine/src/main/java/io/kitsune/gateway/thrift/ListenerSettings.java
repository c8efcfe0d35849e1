// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Where the port listens and what it puts up with.
 *
 * @param address host and port; port 0 takes a free one
 * @param transport how clients speak before their first call
 * @param maxConnections connections at once; each holds a thread. One more is closed at once
 * @param maxMessageBytes the largest request; a longer one closes its connection
 * @param handshakeLimit from the connection to the end of its authentication
 * @param messageLimit from a request's first byte to its last, and for a client to take in a piece
 *     of a response: what ends slow and half-open connections
 * @param idleLimit between two requests of a connection
 */
public record ListenerSettings(
    InetSocketAddress address,
    Transport transport,
    int maxConnections,
    int maxMessageBytes,
    Duration handshakeLimit,
    Duration messageLimit,
    Duration idleLimit) {
  /** Smallest sensible {@code maxMessageBytes}: a session's configuration must fit. */
  private static final int LEAST_MESSAGE_BYTES = 4096;

  public ListenerSettings {
    requireNonNull(address, "address");
    requireNonNull(transport, "transport");
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections must be positive: " + maxConnections);
    }
    if (maxMessageBytes < LEAST_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "maxMessageBytes must be at least " + LEAST_MESSAGE_BYTES + ": " + maxMessageBytes);
    }
    requirePositive(handshakeLimit, "handshakeLimit");
    requirePositive(messageLimit, "messageLimit");
    requirePositive(idleLimit, "idleLimit");
  }

  private static void requirePositive(Duration value, String name) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }

  /** The defaults at that address. */
  public static ListenerSettings at(InetSocketAddress address) {
    return new ListenerSettings(
        address,
        Transport.SASL_PLAIN,
        500,
        16 << 20,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofHours(6));
  }

  /** These settings with another transport. */
  public ListenerSettings with(Transport other) {
    return new ListenerSettings(
        address, other, maxConnections, maxMessageBytes, handshakeLimit, messageLimit, idleLimit);
  }

  /** How a client speaks before its first call. */
  public enum Transport {
    /** SASL PLAIN: user and password come first. The default of the Hive and Kyuubi drivers. */
    SASL_PLAIN,
    /** {@code auth=noSasl}: calls at once; user and password come with OpenSession. */
    NOSASL
  }
}
