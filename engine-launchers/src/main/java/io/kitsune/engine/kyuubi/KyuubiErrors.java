// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import io.kitsune.engine.spark.SparkErrors;
import io.kitsune.error.KitsuneException;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kyuubi's errors as users should see them. Kyuubi wraps the engine's error, with the stack trace
 * in its text, into errors of its own, without code and SQLSTATE: what the engine said is
 * unwrapped, the whole text goes to the log.
 */
final class KyuubiErrors {
  private static final Logger LOG = LoggerFactory.getLogger(KyuubiErrors.class);
  private static final String WRAPPER = "org.apache.kyuubi.KyuubiSQLException: ";

  /** "Error operating ExecuteStatement: ", "Timeout operating ExecuteStatement: ". */
  private static final List<String> OPERATING =
      List.of("Error operating ", "Timeout operating ", "Error opening session for ");

  /** How the text begins where the session, or the engine under it, is not there any more. */
  private static final List<String> GONE =
      List.of(
          "Invalid SessionHandle [",
          "Socket for SessionHandle [",
          "connection does not exist",
          "org.apache.kyuubi.shaded.thrift.transport.TTransportException",
          "java.net.SocketException",
          "java.net.ConnectException");

  private static final int LINE_LENGTH = 1_000;

  /**
   * No engine for this user: none of the engine's own failures, which would keep other users from
   * theirs. A query may run elsewhere.
   */
  static final String LAUNCH_FAILED = "ENGINE_LAUNCH_FAILED";

  /** Try again later. */
  static final String NOT_NOW = "57P03";

  /** Something that only an operator, or the user with other settings, can change. */
  private static final String REFUSED = "ENGINE_LAUNCH_REFUSED";

  private KyuubiErrors() {}

  /** Whether a call's answer is an error. */
  static boolean failed(TStatus status) {
    return status.getStatusCode() == TStatusCode.ERROR_STATUS
        || status.getStatusCode() == TStatusCode.INVALID_HANDLE_STATUS;
  }

  /** Whether that error says that the session, or the engine under it, is gone. */
  static boolean gone(String text) {
    String bare = unwrapped(text);
    return GONE.stream().anyMatch(bare::startsWith);
  }

  /**
   * The failure of a statement.
   *
   * @param text the server's message; may be null
   * @param sqlState the server's SQLSTATE; may be null
   */
  static KitsuneException statement(KyuubiEngineSettings settings, String text, String sqlState) {
    if (unwrapped(text).startsWith(RoutingLoop.CODE)) {
      return RoutingLoop.error(settings.instance());
    }
    KitsuneException error = SparkErrors.failure(unwrapped(text), sqlState);
    LOG.debug("{} is what remains of Kyuubi's error: {}", error.code(), text);
    return error;
  }

  /** Why a session was not opened, as OpenSession or the launch of its engine says. */
  static KitsuneException opening(KyuubiEngineSettings settings, Object server, String text) {
    if (text != null && text.contains(RoutingLoop.CODE)) {
      return RoutingLoop.error(settings.instance());
    }
    LOG.warn("Kyuubi at {} did not open a session: {}", server, text);
    String line = firstLine(unwrapped(text));
    if (line.contains(" is a restrict key ")) {
      return new KitsuneException(
          REFUSED,
          "42501",
          "Kyuubi at %s refused a key of the session: %s. Take it off kyuubi.session.conf.restrict.list there, or out of the session or kitsune.%s.conf.*."
              .formatted(server, line, settings.engine().engine().id()));
    } else if (line.contains("proxy privilege")) {
      return new KitsuneException(
          REFUSED,
          "42501",
          "Kyuubi at %s does not let the router act for its users: %s. Set hadoop.proxyuser.<user>.hosts and .groups for the user of kitsune.%s.url-user in kyuubi-defaults.conf."
              .formatted(server, line, settings.engine().engine().id()));
    }
    return new KitsuneException(
        LAUNCH_FAILED,
        NOT_NOW,
        "Kyuubi at %s gave no %s engine: %s".formatted(server, settings.engine().title(), line));
  }

  /** What the engine said, in front of its stack trace. */
  private static String unwrapped(String text) {
    String rest = text == null ? "" : text.strip();
    while (true) {
      if (rest.startsWith(WRAPPER)) {
        rest = rest.substring(WRAPPER.length());
        continue;
      }
      String now = rest;
      int colon = now.indexOf(": ");
      if (colon < 0 || OPERATING.stream().noneMatch(now::startsWith)) {
        return rest;
      }
      rest = rest.substring(colon + ": ".length());
    }
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("it gave no reason");
    return line.length() <= LINE_LENGTH ? line : line.substring(0, LINE_LENGTH) + "…";
  }
}
