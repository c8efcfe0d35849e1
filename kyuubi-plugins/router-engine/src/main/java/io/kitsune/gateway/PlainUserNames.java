// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.authentication.Authenticator;
import java.net.InetAddress;

/**
 * Refuses names that are none before anyone is asked about them: they end up in logs and in
 * engines' sessions, where a line break or a name of a megabyte could do harm.
 */
record PlainUserNames(Authenticator authenticator) implements Authenticator {
  private static final int LONGEST_NAME = 256;

  PlainUserNames {
    requireNonNull(authenticator, "authenticator");
  }

  @Override
  public String authenticate(String user, String password, InetAddress client) {
    if (user.length() > LONGEST_NAME || user.chars().anyMatch(Character::isISOControl)) {
      throw new KitsuneException(
          FAILED,
          "28000",
          "A user's name has at most %d characters and no control characters."
              .formatted(LONGEST_NAME));
    }
    return authenticator.authenticate(user, password, client);
  }

  @Override
  public boolean speaksForOthers() {
    return authenticator.speaksForOthers();
  }
}
