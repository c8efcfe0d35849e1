// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.authentication;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Kyuubi's servers in, and nobody else: who knows the shared secret may be whoever he says,
 * for the server has authenticated its users. Thread-safe.
 */
final class KyuubiTokenAuthenticator implements Authenticator {
  private static final Logger LOG = LoggerFactory.getLogger(KyuubiTokenAuthenticator.class);

  /** How far ahead of this machine's clock a server's may be. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final TokenSecret secret;
  private final int keyBytes;
  private final Duration longestLife;
  private final Clock clock;

  private KyuubiTokenAuthenticator(
      TokenSecret secret, int keyBytes, Duration longestLife, Clock clock) {
    this.secret = requireNonNull(secret, "secret");
    this.keyBytes = keyBytes;
    this.longestLife = requireNonNull(longestLife, "longestLife");
    this.clock = requireNonNull(clock, "clock");
  }

  static KyuubiTokenAuthenticator open(
      TokenSecret secret, int keyBits, Duration longestLife, Clock clock) {
    KyuubiTokenAuthenticator authenticator =
        new KyuubiTokenAuthenticator(secret, keyBits / Byte.SIZE, longestLife, clock);
    authenticator.secret();
    return authenticator;
  }

  @Override
  public String authenticate(String user, String password, InetAddress client) {
    String reason = user.isEmpty() ? "no user is named" : refusal(password);
    if (!reason.isEmpty()) {
      LOG.warn("refused {} from {}: {}", user, client, reason);
      throw Refusal.of();
    }
    return user;
  }

  @Override
  public boolean speaksForOthers() {
    return true;
  }

  /** Why the token is not taken; empty if it is. For the log, never for the client. */
  private String refusal(String token) {
    Optional<KyuubiToken> known;
    try {
      known = KyuubiToken.decrypt(token, secret(), keyBytes);
    } catch (KitsuneException e) {
      LOG.error("nobody can come in: {}", e.getMessage(), e);
      return "the secret cannot be read";
    }
    if (known.isEmpty()) {
      return "the token was not made with our secret";
    }
    long now = clock.millis();
    long issued = known.get().issued();
    long life = Math.min(known.get().life(), longestLife.toMillis());
    if (issued > now + SKEW.toMillis()) {
      return "the token is of the future; look at the clocks of both machines";
    }
    return now - issued > life ? "the token has expired" : "";
  }

  private String secret() {
    String read = secret.read();
    if (KyuubiToken.key(read, keyBytes).length != keyBytes
        || read.getBytes(StandardCharsets.UTF_8).length != read.length()) {
      throw new KitsuneException(
          "SECRET_UNAVAILABLE",
          "F0000",
          "the secret shared with Kyuubi has characters other than ASCII, with which Kyuubi makes no key");
    }
    return read;
  }

  @Override
  public void close() {
    secret.close();
  }
}
