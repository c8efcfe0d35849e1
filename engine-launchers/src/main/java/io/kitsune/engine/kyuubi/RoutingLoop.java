// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import io.kitsune.error.KitsuneException;
import java.util.Map;

/**
 * A session that was opened in Kyuubi for one of its own engines and comes back to a router. Every
 * session and statement that goes to Kyuubi is marked: Kyuubi passes keys on that it does not know,
 * a session's unless they are on its ignore list, a statement's always. A gateway that finds the
 * mark refuses.
 */
public final class RoutingLoop {
  /** The mark; its value says which gateway made it. */
  public static final String MARK = "kitsune.hop";

  /** The error's code, by which it is known behind Kyuubi's words. */
  public static final String CODE = "ROUTING_LOOP";

  private static final String STATE = "08004";

  private RoutingLoop() {}

  /**
   * Refuses what has come back.
   *
   * @param keys a session's or a statement's, as Kyuubi sent them
   * @throws KitsuneException {@code ROUTING_LOOP} if the mark is among them
   */
  public static void refuse(Map<String, String> keys) {
    if (keys.containsKey(MARK)) {
      throw error(keys.get(MARK));
    }
  }

  /** The same error, where another gateway has refused this one's session. */
  static KitsuneException error(String instance) {
    return new KitsuneException(
        CODE,
        STATE,
        "Kyuubi sent a session back to a router that the router engine %s opened for an engine of Kyuubi's. Something in Kyuubi overrides kyuubi.engine.type of such sessions: take that key off kyuubi.session.conf.ignore.list, let no advisor in kyuubi.session.conf.advisor change sessions that have %s, and register no router under another engine type than JDBC."
            .formatted(instance, MARK));
  }
}
