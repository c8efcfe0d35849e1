// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.configuration.KyuubiSettings;
import java.util.Map;

/**
 * Where a session comes from. Behind Kyuubi the connection is its server's, which says whose the
 * session is; anybody else could say so too, and is taken for what the connection shows.
 *
 * @param client the address of the user's machine
 * @param realUser who logged in; another than the session's user where that one is impersonated
 */
record SessionOrigin(String client, String realUser) {
  private static final int LONGEST = 256;

  /** As the connection shows it. */
  static SessionOrigin ofConnection(String address, String user) {
    return new SessionOrigin(address, user);
  }

  /**
   * As a Kyuubi server says it.
   *
   * @param shown what holds where it says nothing
   * @throws KitsuneException {@code SETTING_INVALID} for what can stand in no log
   */
  static SessionOrigin ofServer(Map<String, String> settings, SessionOrigin shown) {
    return new SessionOrigin(
        told(settings, KyuubiSettings.CLIENT_ADDRESS, shown.client()),
        told(settings, KyuubiSettings.REAL_USER, shown.realUser()));
  }

  private static String told(Map<String, String> settings, String key, String otherwise) {
    String value = settings.getOrDefault(key, "").strip();
    if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
      throw new KitsuneException(
          "SETTING_INVALID",
          "22023",
          "%s has more than %d characters, or control characters.".formatted(key, LONGEST));
    }
    return value.isEmpty() ? otherwise : value;
  }

  /** As settings of the session, where policies and the history find it. */
  Map<String, String> settings() {
    return Map.of(KyuubiSettings.CLIENT_ADDRESS, client, KyuubiSettings.REAL_USER, realUser);
  }
}
