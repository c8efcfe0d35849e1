// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import java.util.List;
import java.util.Set;

/** Something about a session that a rule asks. */
interface Condition {
  Truth of(OpenedSession session);

  /** The session's user is one of them, as they are written. */
  static Condition user(Set<String> users) {
    return session ->
        session.user.isEmpty() ? Truth.UNKNOWN : Truth.of(users.contains(session.user));
  }

  /** The user's machine is in one of them. */
  static Condition client(List<Network> networks) {
    return session -> {
      if (session.client.length == 0) {
        return Truth.UNKNOWN;
      }
      for (Network network : networks) {
        if (network.has(session.client)) {
          return Truth.TRUE;
        }
      }
      return Truth.FALSE;
    };
  }

  /** The connection names {@code kitsune.engine}. */
  static Condition asked() {
    return session -> Truth.of(session.asked);
  }

  default Condition negated() {
    return session -> of(session).not();
  }
}
