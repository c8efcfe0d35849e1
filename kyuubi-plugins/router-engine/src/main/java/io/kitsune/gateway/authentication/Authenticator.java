// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.authentication;

import io.kitsune.error.KitsuneException;
import java.net.InetAddress;

/** Decides who a connecting client is. Thread-safe; answers in bounded time. */
@FunctionalInterface
public interface Authenticator {
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
}
