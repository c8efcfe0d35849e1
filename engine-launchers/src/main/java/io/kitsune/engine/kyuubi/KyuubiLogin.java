// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.thrift.Authentication;

/** Who connects to Kyuubi. Sessions are the end user's in any case. */
public sealed interface KyuubiLogin {
  /** How it is let in. */
  Authentication authentication();

  /** Whom Kyuubi sees connect where that end user's session is opened. */
  String user(String endUser);

  /** The end user, with one password for all: for a Kyuubi that asks for none. */
  record EndUser(Authentication authentication) implements KyuubiLogin {
    public EndUser {
      requireNonNull(authentication, "authentication");
    }

    @Override
    public String user(String endUser) {
      return endUser;
    }
  }

  /**
   * One user for all, who may act as others there ({@code hadoop.proxyuser.<user>.hosts} and {@code
   * .groups}).
   */
  record Impersonating(String user, Authentication authentication) implements KyuubiLogin {
    public Impersonating {
      requireNonNull(user, "user");
      requireNonNull(authentication, "authentication");
    }

    @Override
    public String user(String endUser) {
      return user;
    }
  }
}
