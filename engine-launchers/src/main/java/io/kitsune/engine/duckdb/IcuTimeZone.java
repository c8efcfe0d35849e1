// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import io.kitsune.error.KitsuneException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Spark's session time zones by the names that DuckDB takes. DuckDB knows only the names of its
 * ICU: regions, {@code UTC}, and {@code Etc/GMT-8} for eight hours <em>east</em> of Greenwich; it
 * has no name for an offset of half an hour.
 */
final class IcuTimeZone {
  private static final int SECONDS_AN_HOUR = 3_600;

  private IcuTimeZone() {}

  /**
   * The name for DuckDB.
   *
   * @throws KitsuneException {@code ENGINE_TIME_ZONE_UNKNOWN} if it has none
   */
  static String of(String sparkName) {
    ZoneId zone;
    try {
      zone = ZoneId.of(sparkName, ZoneId.SHORT_IDS).normalized();
    } catch (DateTimeException e) {
      throw unknown(sparkName, e);
    }
    if (!(zone instanceof ZoneOffset offset)) {
      return zone.getId();
    }
    int seconds = offset.getTotalSeconds();
    if (seconds == 0) {
      return "UTC";
    } else if (seconds % SECONDS_AN_HOUR != 0) {
      throw unknown(sparkName, null);
    }
    int hoursWest = -seconds / SECONDS_AN_HOUR;
    return "Etc/GMT" + (hoursWest > 0 ? "+" : "") + hoursWest;
  }

  private static KitsuneException unknown(String name, Throwable cause) {
    return new KitsuneException(
        "ENGINE_TIME_ZONE_UNKNOWN",
        "22009",
        "DuckDB has no time zone '%s'. SET spark.sql.session.timeZone to the name of a region, as Asia/Kolkata, or run the statement with SET kitsune.engine=spark."
            .formatted(name),
        cause);
  }
}
