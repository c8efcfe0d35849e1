// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.error.KitsuneException;

/** Which of the gateway's keys a user may set, and to what. */
final class SessionSettingCheck {
  private static final String PREFIX = "kitsune.";
  private static final String INVALID_PARAMETER_VALUE = "22023";

  private SessionSettingCheck() {}

  static void check(String key, String value) {
    if (!key.startsWith(PREFIX)) {
      KyuubiSettings.check(key, value);
      return;
    }
    DeclaredKey declared =
        DeclaredKeys.find(key)
            .orElseThrow(
                () -> refused("SETTING_UNKNOWN", "%s is no setting of the gateway".formatted(key)));
    if (!declared.perSession()) {
      throw refused(
          "SETTING_NOT_PER_SESSION",
          "%s is set for the whole gateway by its operator, not in a session".formatted(key));
    }
    if (!declared.type().accepts(value.strip())) {
      throw refused(
          "SETTING_INVALID",
          "%s is '%s'; it must be %s".formatted(key, value, declared.type().wanted()));
    }
  }

  private static KitsuneException refused(String code, String message) {
    return new KitsuneException(code, INVALID_PARAMETER_VALUE, message);
  }
}
