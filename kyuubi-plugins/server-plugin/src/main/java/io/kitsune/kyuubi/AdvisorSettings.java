// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Where routed sessions go. Read from {@code kitsune-advisor.properties} in Kyuubi's conf folder,
 * which need not exist; system properties of the same names win.
 */
final class AdvisorSettings {
  static final String FILE = "kitsune-advisor.properties";

  private static final String PREFIX = "kitsune.advisor.";
  private static final String ENABLED = PREFIX + "enabled";
  private static final String SUBDOMAIN = PREFIX + "subdomain";

  private final boolean enabled;
  private final String subdomain;

  private AdvisorSettings(boolean enabled, String subdomain) {
    this.enabled = enabled;
    this.subdomain = subdomain;
  }

  /**
   * Reads the settings.
   *
   * @param folder Kyuubi's conf folder, or null
   * @throws IOException where the file exists and cannot be read
   * @throws IllegalArgumentException for an unknown key or a wrong value, which it names
   */
  static AdvisorSettings read(String folder, Properties system) throws IOException {
    Properties properties = new Properties();
    String where = "the system properties";
    if (folder != null && !folder.isEmpty()) {
      Path file = Paths.get(folder, FILE);
      if (Files.exists(file)) {
        where = file + " or " + where;
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
          properties.load(reader);
        }
      }
    }
    for (String name : system.stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        properties.setProperty(name, system.getProperty(name));
      }
    }
    TreeSet<String> unknown = new TreeSet<>(properties.stringPropertyNames());
    unknown.remove(ENABLED);
    unknown.remove(SUBDOMAIN);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "no such key in "
              + where
              + ": "
              + unknown.first()
              + "; there are "
              + ENABLED
              + " and "
              + SUBDOMAIN);
    }
    return new AdvisorSettings(
        flag(properties.getProperty(ENABLED, "true").trim(), where),
        subdomain(properties.getProperty(SUBDOMAIN, "auto-router").trim(), where));
  }

  /** What turns a session into one of the router engine's; empty where that is switched off. */
  Map<String, String> overlay() {
    if (!enabled) {
      return Collections.emptyMap();
    }
    Map<String, String> overlay = new LinkedHashMap<>();
    // Kyuubi's list of engine types is closed: the router registers under JDBC, which only
    // wants to have some connection URL.
    overlay.put("kyuubi.engine.type", "JDBC");
    overlay.put("kyuubi.engine.share.level", "SERVER");
    overlay.put("kyuubi.engine.share.level.subdomain", subdomain);
    overlay.put("kyuubi.engine.jdbc.connection.url", "kitsune");
    return overlay;
  }

  private static boolean flag(String value, String where) {
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true");
    }
    throw new IllegalArgumentException(
        ENABLED + " in " + where + " is '" + value + "'; it must be true or false");
  }

  /** One level of a path in ZooKeeper. */
  private static String subdomain(String value, String where) {
    boolean fits =
        !value.isEmpty()
            && value.chars().allMatch(c -> c == '-' || c == '_' || Character.isLetterOrDigit(c));
    if (fits) {
      return value;
    }
    throw new IllegalArgumentException(
        SUBDOMAIN + " in " + where + " is '" + value + "'; it must be letters, digits, - and _");
  }
}
