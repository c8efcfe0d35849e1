// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import io.kitsune.engine.SessionSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;

/**
 * The keys that a session of Kyuubi's is opened with: the operator's, the client's, and those that
 * decide where it goes, which nobody else sets.
 *
 * @param all as they are sent
 * @param passed the client's among them
 */
record SessionKeys(Map<String, String> all, Map<String, String> passed) {
  static final String TYPE = "kyuubi.engine.type";
  private static final String PROXY_USER = "hive.server2.proxy.user";
  private static final String NAME = "kyuubi.session.name";
  private static final String FORMAT = "kyuubi.operation.result.format";
  private static final String MAX_ROWS = "kyuubi.operation.result.max.rows";
  private static final int FIRST_COLUMNAR =
      TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V6.getValue();

  /** Of the type whose place in Kyuubi's discovery a router has. */
  private static final String ROUTER_TYPE = "JDBC";

  /** What a client may say of its engine and session there. */
  private static final List<String> PASSED =
      List.of(
          "kyuubi.engine.",
          "kyuubi.session.engine.",
          "kyuubi.session.idle.timeout",
          "kyuubi.kubernetes.",
          "kyuubi.operation.incremental.collect",
          "kyuubi.operation.scheduler.pool",
          "kyuubi.operation.spark.",
          NAME,
          "kyuubi.client.ipAddress");

  /** Kyuubi's own notes on the engine that the session came by, and what belongs to a router's. */
  private static final List<String> KEPT_BACK =
      List.of(
          TYPE,
          "kyuubi.engine.jdbc.",
          "kyuubi.engine.id",
          "kyuubi.engine.name",
          "kyuubi.engine.url",
          "kyuubi.engine.submit.time",
          "kyuubi.engine.credentials",
          "kyuubi.engine.appMgrInfo",
          "kyuubi.session.engine.launch.");

  /** Of a session that came by Kyuubi these say how to find the router, and nothing of Spark. */
  private static final String SHARE_LEVEL = "kyuubi.engine.share.level";

  static SessionKeys of(KyuubiEngineSettings settings, SessionSettings session) {
    Map<String, String> passed = new TreeMap<>();
    boolean routed = ROUTER_TYPE.equalsIgnoreCase(session.client().get(TYPE));
    session
        .client()
        .forEach(
            (key, value) -> {
              if (passes(key, settings.engine()) && !(routed && key.startsWith(SHARE_LEVEL))) {
                passed.put(key, value);
              }
            });
    Map<String, String> all = new TreeMap<>();
    all.put(NAME, "kitsune " + session.sessionId());
    // As Spark's own Thrift server has it (SPARK-31910): through java.sql.Timestamp, times before
    // a zone's first standard time are shown minutes off.
    all.put("spark.sql.datetime.java8API.enabled", "true");
    // An engine that holds its server's questions longer is slower to hear of a cancel.
    all.put("kyuubi.operation.status.polling.timeout", "PT0.5S");
    all.putAll(settings.configuration());
    all.putAll(passed);
    all.putAll(session.configuration());
    all.putAll(own(settings, session));
    return new SessionKeys(Map.copyOf(all), Map.copyOf(passed));
  }

  private static boolean passes(String key, KyuubiEngine engine) {
    return key.startsWith(engine.keys())
        || (PASSED.stream().anyMatch(key::startsWith)
            && KEPT_BACK.stream().noneMatch(key::startsWith));
  }

  private static Map<String, String> own(KyuubiEngineSettings settings, SessionSettings session) {
    Map<String, String> own = new TreeMap<>();
    own.put(TYPE, settings.engine().type());
    own.put(RoutingLoop.MARK, settings.instance());
    if (settings.login() instanceof KyuubiLogin.Impersonating) {
      own.put(PROXY_USER, session.user());
    }
    own.put("kyuubi.session.engine.launch.async", "true");
    own.put("kyuubi.operation.language", "SQL");
    own.put("kyuubi.operation.plan.only.mode", "none");
    own.put("kyuubi.operation.progress.enabled", "true");
    own.putAll(format(session));
    // One client's settings, place and temporary views must not be another's.
    own.put("kyuubi.engine.single.spark.session", "false");
    own.put("kyuubi.engine.user.isolated.spark.session", "true");
    // Where a client's session begins, whatever the engine's own default is.
    own.put("use:catalog", "spark_catalog");
    own.put("use:database", "default");
    return own;
  }

  /**
   * Arrow for a client that asked for it, and whose protocol has it: Kyuubi's engine encodes a
   * whole session's results alike. Where they are to be few, the engine itself has to cut them, for
   * a batch cannot be cut on the way. Timestamps in their own type, which is what drivers expect
   * whatever is announced.
   */
  private static Map<String, String> format(SessionSettings session) {
    String asked = session.client().getOrDefault(FORMAT, "").strip();
    if (!asked.equalsIgnoreCase("arrow") || session.thriftProtocol() < FIRST_COLUMNAR) {
      return Map.of(FORMAT, "thrift");
    }
    Map<String, String> format = new TreeMap<>();
    format.put(FORMAT, "arrow");
    format.put("kyuubi.operation.result.arrow.timestampAsString", "false");
    String limit = session.client().get(MAX_ROWS);
    if (limit != null) {
      format.put(MAX_ROWS, limit);
    }
    return format;
  }

  /** For every statement. */
  static Map<String, String> overlay(KyuubiEngineSettings settings) {
    return Map.of(RoutingLoop.MARK, settings.instance());
  }

  /** The client's keys that are the engine's own: they hold in its session from the start. */
  Map<String, String> applied(KyuubiEngine engine) {
    Map<String, String> applied = new TreeMap<>(passed);
    applied.keySet().removeIf(key -> !key.startsWith(engine.keys()));
    return Map.copyOf(applied);
  }
}
