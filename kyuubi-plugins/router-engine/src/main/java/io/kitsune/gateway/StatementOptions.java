// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.kyuubi.RoutingLoop;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.thrift.encoding.ResultFormat;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What a client asks of one statement beside its text: Kyuubi's keys, from the statement's own
 * settings or else from the session's.
 *
 * @param overlay settings for this statement alone, for the router and the engines
 * @param timeout how long it may run
 * @param maxRows how many rows it may yield; empty for all
 * @param format how the client asks for its rows
 */
record StatementOptions(
    Map<String, String> overlay, Duration timeout, OptionalLong maxRows, ResultFormat format) {
  private static final String KYUUBI = "kyuubi.";
  private static final String TIMEOUT = "kyuubi.operation.query.timeout";
  private static final String MAX_ROWS = "kyuubi.operation.result.max.rows";

  /**
   * Reads them.
   *
   * @param overlay the statement's own settings
   * @param session the session's settings
   * @param timeoutSeconds the call's own limit; 0 for none
   * @param longest what no statement may exceed
   * @throws KitsuneException {@code SETTING_INVALID} if a value cannot be read
   */
  static StatementOptions of(
      Map<String, String> overlay,
      Map<String, String> session,
      long timeoutSeconds,
      Duration longest) {
    RoutingLoop.refuse(overlay);
    overlay.forEach(KitsuneConfiguration::checkSessionSetting);
    Duration timeout = longest;
    if (timeoutSeconds > 0 && timeoutSeconds < longest.toSeconds()) {
      timeout = Duration.ofSeconds(timeoutSeconds);
    }
    Duration configured = duration(value(overlay, session, TIMEOUT));
    if (configured.toMillis() > 0 && configured.compareTo(timeout) < 0) {
      timeout = configured;
    }
    return new StatementOptions(
        overlay.entrySet().stream()
            .filter(entry -> !entry.getKey().startsWith(KYUUBI))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)),
        timeout,
        maxRows(value(overlay, session, MAX_ROWS)),
        ResultFormat.of(
            value(overlay, session, ResultFormat.KEY),
            value(overlay, session, ResultFormat.TIMESTAMPS_KEY)));
  }

  private static String value(
      Map<String, String> overlay, Map<String, String> session, String key) {
    return overlay.getOrDefault(key, session.getOrDefault(key, "")).strip();
  }

  /** Kyuubi writes durations in ISO 8601 or as milliseconds. */
  private static Duration duration(String text) {
    if (text.isEmpty()) {
      return Duration.ZERO;
    }
    try {
      return text.startsWith("P") ? Duration.parse(text) : Duration.ofMillis(Long.parseLong(text));
    } catch (DateTimeParseException | NumberFormatException e) {
      throw invalid(TIMEOUT, text, "a duration like PT30S, or milliseconds", e);
    }
  }

  private static OptionalLong maxRows(String text) {
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long rows = Long.parseLong(text);
      // Kyuubi: 0 or less means no limit.
      return rows > 0 ? OptionalLong.of(rows) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      throw invalid(MAX_ROWS, text, "a whole number", e);
    }
  }

  private static KitsuneException invalid(
      String key, String value, String expected, RuntimeException cause) {
    return new KitsuneException(
        "SETTING_INVALID",
        "22023",
        "%s=%s cannot be read; write %s.".formatted(key, value, expected),
        cause);
  }
}
