// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.workload;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The application behind a session. There is no common way for it to say its name; what is sent, as
 * of 2026:
 *
 * <ul>
 *   <li>JDBC's client info {@code ApplicationName} (DBeaver and DataGrip set it), which the Kyuubi
 *       and Hive drivers pass on as TSetClientInfo; the gateway keeps it as {@link #KEY};
 *   <li>{@code kyuubi.session.name}, which users and Kyuubi's REST clients choose;
 *   <li>{@code hive.query.source}, from the old days of Hive;
 *   <li>a comment before each statement: Metabase, Looker and dbt write one. Superset, Tableau,
 *       Power BI and Hue say nothing unless their operator puts {@code kitsune.client} into the
 *       connection;
 *   <li>{@code kyuubi.client.version}, which only says that it is Kyuubi's driver.
 * </ul>
 */
public final class ClientApplication {
  /** The session's key for it, which the user may set. */
  public static final String KEY = "kitsune.client";

  private static final List<String> KEYS = List.of(KEY, "kyuubi.session.name", "hive.query.source");
  private static final String DRIVER_VERSION = "kyuubi.client.version";
  private static final int COMMENT_LENGTH = 200;
  private static final int LONGEST = 128;

  private static final Map<String, String> COMMENTS =
      Map.of(
          "-- metabase::", "Metabase",
          "/* metabase::", "Metabase",
          "-- looker query context", "Looker",
          "/* {\"app\": \"dbt\"", "dbt");

  /** Parts of the names of applications that ask on behalf of a screen somebody looks at. */
  private static final Set<String> DASHBOARDS =
      Set.of(
          "superset",
          "tableau",
          "metabase",
          "looker",
          "powerbi",
          "power bi",
          "mashup engine",
          "grafana",
          "redash",
          "qlik",
          "quicksight",
          "lightdash",
          "sigma");

  private ClientApplication() {}

  /**
   * As it calls itself; empty if it does not.
   *
   * @param configuration what the session has set or sent when it was opened
   */
  public static String of(Map<String, String> configuration, String statement) {
    for (String key : KEYS) {
      String name = configuration.getOrDefault(key, "").strip();
      if (!name.isEmpty()) {
        return cut(name);
      }
    }
    String beginning =
        statement
            .substring(0, Math.min(COMMENT_LENGTH, statement.length()))
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> comment : COMMENTS.entrySet()) {
      if (beginning.startsWith(comment.getKey())) {
        return comment.getValue();
      }
    }
    String driver = configuration.getOrDefault(DRIVER_VERSION, "").strip();
    return driver.isEmpty() ? "" : cut("kyuubi-jdbc " + driver);
  }

  /** Whether it is one of the known dashboards. */
  static boolean isDashboard(String client) {
    String name = client.toLowerCase(Locale.ROOT);
    return DASHBOARDS.stream().anyMatch(name::contains);
  }

  private static String cut(String name) {
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
  }
}
