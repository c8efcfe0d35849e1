// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.authentication;

import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * No authentication.
 *
 * @param trusted whose word is taken
 */
record TrustingAuthenticator(Predicate<InetAddress> trusted) implements Authenticator {
  private static final String NOBODY = "anonymous";

  @Override
  public String authenticate(String user, String password, InetAddress client) {
    if (!trusted.test(client)) {
      throw Refusal.of();
    }
    return user.isEmpty() ? NOBODY : user;
  }

  @Override
  public boolean speaksForOthers() {
    return true;
  }
}
