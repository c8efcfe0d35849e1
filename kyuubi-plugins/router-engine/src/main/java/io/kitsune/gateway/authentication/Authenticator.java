// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.authentication;

import io.kitsune.error.KitsuneException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * Decides who a connecting client is. Thread-safe; answers in bounded time. Closing it frees what
 * it asks; most ask nobody.
 */
@FunctionalInterface
public interface Authenticator extends AutoCloseable {
  /** The code of every refusal. */
  String FAILED = "AUTHENTICATION_FAILED";

  /**
   * The authenticated user's name.
   *
   * @param user the name the client gave; empty where it gave none
   * @param password empty where the client gave none
   * @param client the address the connection comes from
   * @throws KitsuneException {@link #FAILED}, SQLSTATE 28000, with the same message whatever was
   *     wrong
   */
  String authenticate(String user, String password, InetAddress client);

  /**
   * Whether those who come in are taken at their word on who else they act for: Kyuubi's server,
   * which tells its client's address and real user, or anybody where nobody is checked.
   */
  default boolean speaksForOthers() {
    return false;
  }

  /**
   * Takes every client of this machine at its word, and refuses all others; who gives no name is
   * {@code anonymous}.
   */
  static Authenticator trustingLoopback() {
    return new TrustingAuthenticator(InetAddress::isLoopbackAddress);
  }

  /** Takes every client at its word, wherever it comes from. */
  static Authenticator trustingEverybody() {
    return new TrustingAuthenticator(client -> true);
  }

  /**
   * Asks for the password whose bcrypt hash stands in a file, one {@code user:hash} on each line.
   * The file is read again when it changes; while it is wrong, what was read last holds.
   *
   * @throws KitsuneException {@code AUTHENTICATION_FILE_INVALID} where the file cannot be read, can
   *     be read by everybody, or has a line that is wrong
   */
  static Authenticator passwordFile(Path file) {
    return PasswordFileAuthenticator.open(file);
  }

  /**
   * Lets Kyuubi's servers in by the tokens that they make where {@code
   * kyuubi.engine.security.enabled} is set, as whichever user they name.
   *
   * @param secret shared with the servers; closed with the authenticator
   * @param keyBits the servers' {@code kyuubi.engine.security.crypto.keyLength}: 128, 192 or 256
   * @param longestLife how old a token may be, whatever it says itself
   * @throws KitsuneException {@code SECRET_UNAVAILABLE}
   */
  static Authenticator kyuubiToken(TokenSecret secret, int keyBits, Duration longestLife) {
    return KyuubiTokenAuthenticator.open(secret, keyBits, longestLife, Clock.systemUTC());
  }

  @Override
  default void close() {}
}
