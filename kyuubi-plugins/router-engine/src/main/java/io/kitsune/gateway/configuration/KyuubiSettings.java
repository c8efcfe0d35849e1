// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.error.KitsuneException;
import java.util.Locale;
import java.util.Set;

/**
 * Kyuubi's own keys as its server sends them with sessions and statements. Names and meanings are
 * those of Kyuubi 1.10 to 1.12 ({@code KyuubiReservedKeys}, {@code KyuubiConf}).
 */
public final class KyuubiSettings {
  /** Where the user's client is; the connection itself comes from the server. */
  public static final String CLIENT_ADDRESS = "kyuubi.client.ipAddress";

  /** Who logged in at the server, where that user acts as another. */
  public static final String REAL_USER = "kyuubi.session.real.user";

  /** The identifier of the server's session. */
  public static final String SESSION_HANDLE = "kyuubi.session.handle";

  /** The identifier of the server's operation. */
  public static final String OPERATION_HANDLE = "kyuubi.operation.handle";

  /** Hadoop's tokens of the user: a secret, of no use here. */
  public static final String CREDENTIALS = "kyuubi.engine.credentials";

  /** What an engine is called in the server's pages. */
  public static final String ENGINE_ID = "kyuubi.engine.id";

  /** What kind of engine it is, in the same places. */
  public static final String ENGINE_NAME = "kyuubi.engine.name";

  private static final String LANGUAGE = "kyuubi.operation.language";
  private static final String PLAN_ONLY = "kyuubi.operation.plan.only.mode";

  /** What a connection says of itself once; no statement may say otherwise. */
  private static final Set<String> RESERVED = Set.of(CLIENT_ADDRESS, REAL_USER, SESSION_HANDLE);

  private KyuubiSettings() {}

  /** Whether only the opening of a session can set it. */
  public static boolean reserved(String key) {
    return RESERVED.contains(key);
  }

  /**
   * Refuses what would make a statement mean something else than it says, and cannot be had here.
   *
   * @throws KitsuneException {@code FEATURE_NOT_SUPPORTED} (0A000)
   */
  static void check(String key, String value) {
    String asked = value.strip().toUpperCase(Locale.ROOT);
    if (key.equals(LANGUAGE) && !asked.equals("SQL")) {
      throw new KitsuneException(
          "FEATURE_NOT_SUPPORTED",
          "0A000",
          "%s=%s: here statements are SQL. For other languages connect with kyuubi.engine.type=SPARK_SQL."
              .formatted(key, value));
    }
    if (key.equals(PLAN_ONLY) && !asked.equals("NONE")) {
      throw new KitsuneException(
          "FEATURE_NOT_SUPPORTED",
          "0A000",
          "%s=%s: here statements are executed. Write EXPLAIN before one to see its plan."
              .formatted(key, value));
    }
  }
}
