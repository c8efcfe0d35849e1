// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.answer.Answer;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.configuration.KyuubiSettings;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement.Reset;
import io.kitsune.router.Statement.SetKey;
import io.kitsune.router.Statement.ShowSettings;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** SET and RESET. */
final class SettingCommands {
  private static final String TIME_ZONE = "spark.sql.session.timeZone";
  private static final String UNDEFINED = "<undefined>";

  /** What these keys are called in a list of settings. */
  private static final List<String> SECRET_WORDS = List.of("password", "secret", "token");

  private final SessionState state;

  SettingCommands(SessionState state) {
    this.state = state;
  }

  Outcome set(SetKey set) {
    check(set.key(), set.value());
    return new Outcome.Answered(
        pairs(Map.of(set.key(), set.value())),
        current -> States.with(current, Map.of(set.key(), set.value())));
  }

  /** Spark's own settings are checked by Spark when a statement first goes there. */
  private static void check(String key, String value) {
    if (KyuubiSettings.reserved(key)) {
      throw new KitsuneException(
          "SETTING_RESERVED",
          "22023",
          "%s is told once, when a session is opened; it cannot be set.".formatted(key));
    }
    KitsuneConfiguration.checkSessionSetting(key, value);
    if (key.equals(TIME_ZONE)) {
      checkZone(value);
    }
  }

  private static void checkZone(String value) {
    try {
      ZoneId.of(value.strip(), ZoneId.SHORT_IDS);
    } catch (DateTimeException e) {
      throw new KitsuneException(
          "INVALID_CONF_VALUE.TIME_ZONE",
          "22022",
          "The value '%s' in the config \"%s\" is invalid. Cannot resolve the given timezone."
              .formatted(value, TIME_ZONE),
          e);
    }
  }

  Outcome show(ShowSettings show) {
    return Outcome.Answered.with(
        show.key()
            .map(key -> pairs(Map.of(key, state.setting(key).orElse(UNDEFINED))))
            .orElseGet(() -> pairs(state.configuration())));
  }

  Outcome reset(Reset reset) {
    return new Outcome.Answered(
        Answer.nothing(),
        current -> {
          Map<String, String> kept = new HashMap<>(current.configuration());
          kept.keySet()
              .removeIf(
                  key ->
                      reset.key().map(key::equals).orElse(true) && !KyuubiSettings.reserved(key));
          return States.withOnly(current, kept);
        });
  }

  private static Answer pairs(Map<String, String> settings) {
    return new Answer(
        Answer.strings("key", "value"),
        new TreeMap<>(settings)
            .entrySet().stream()
                .map(entry -> Answer.row(entry.getKey(), shown(entry.getKey(), entry.getValue())))
                .toList());
  }

  private static String shown(String key, String value) {
    return SECRET_WORDS.stream().anyMatch(key::contains) ? "*********(redacted)" : value;
  }
}
