// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.router.SessionState;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that Spark stored with a view. Spark analyses the body under them, not under those
 * of the session that reads it; a body that is analysed elsewhere, or written into a statement, has
 * the session's. That is the same only where they agree.
 */
final class ViewSettings {
  private static final String TIME_ZONE = "spark.sql.session.timeZone";
  private static final String PREFIX = "spark.sql.";

  /** Settings of how a query is run or where things are, which no answer depends on. */
  private static final List<String> HARMLESS =
      List.of(
          "spark.sql.adaptive.",
          "spark.sql.autoBroadcastJoinThreshold",
          "spark.sql.broadcastTimeout",
          "spark.sql.catalog.",
          "spark.sql.catalogImplementation",
          "spark.sql.cbo.",
          "spark.sql.codegen.",
          "spark.sql.debug.",
          "spark.sql.event.",
          "spark.sql.extensions",
          "spark.sql.inMemoryColumnarStorage.",
          "spark.sql.shuffle.partitions",
          "spark.sql.statistics.",
          "spark.sql.thriftServer.",
          "spark.sql.ui.",
          "spark.sql.warehouse.dir");

  private ViewSettings() {}

  /** The first setting that differs from the session's and may matter; empty if none does. */
  static Optional<String> difference(Map<String, String> stored, SessionState session) {
    return stored.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(PREFIX))
        .filter(entry -> HARMLESS.stream().noneMatch(entry.getKey()::startsWith))
        .filter(entry -> differs(entry.getKey(), entry.getValue(), session))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  private static boolean differs(String key, String stored, SessionState session) {
    if (key.equals(TIME_ZONE)) {
      return !sameZone(stored, zone(session));
    }
    // What the session has not set is not known to be what it was when the view was made.
    return !session.setting(key).filter(stored::equalsIgnoreCase).isPresent();
  }

  /** The session's time zone by name; the process's own where none is set. */
  static String zone(SessionState session) {
    return session.setting(TIME_ZONE).orElse(ZoneId.systemDefault().getId());
  }

  private static boolean sameZone(String one, String other) {
    try {
      return one.equals(other)
          || ZoneId.of(one, ZoneId.SHORT_IDS)
              .getRules()
              .equals(ZoneId.of(other, ZoneId.SHORT_IDS).getRules());
    } catch (DateTimeException e) {
      // A name that Java does not know: not known to be the same.
      return false;
    }
  }
}
