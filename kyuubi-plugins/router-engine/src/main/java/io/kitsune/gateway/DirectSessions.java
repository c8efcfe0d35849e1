// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Catalogs;
import io.kitsune.engine.health.EngineReport;
import io.kitsune.router.SessionState;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;

/**
 * The gateway as a frontend in the same process uses it: the sessions, limits, operations and
 * listeners that TCLIService's clients have, without their protocol around them. Thread-safe.
 */
public final class DirectSessions {
  private final GatewayCore core;

  DirectSessions(GatewayCore core) {
    this.core = requireNonNull(core, "core");
  }

  /**
   * As {@link io.kitsune.gateway.authentication.Authenticator#authenticate}.
   *
   * @throws io.kitsune.error.KitsuneException {@code AUTHENTICATION_FAILED} (28000)
   */
  public String authenticate(String user, String password, InetAddress client) {
    return core.authenticator().authenticate(user, password, client);
  }

  /**
   * Opens a session.
   *
   * @param user authenticated
   * @param client where the user's client is
   * @param settings as a connection string has them: {@code use:catalog}, {@code use:database}, and
   *     keys of the session
   * @throws io.kitsune.error.KitsuneException if the settings or the limits don't allow it
   */
  public DirectSession open(String user, InetAddress client, Map<String, String> settings) {
    SessionState state =
        SessionOpening.state(
            user,
            settings,
            core.catalogs(),
            SessionOrigin.ofConnection(client.getHostAddress(), user),
            // Kyuubi's server, which is believed of others, does not come this way.
            SessionOpening.Word.HIS_OWN);
    GatewaySession session =
        new GatewaySession(
            Handle.random(),
            GatewaySession.Purpose.STATEMENTS,
            // Columns: of the older protocols' rows a binary value comes as text, and not whole.
            TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10,
            state,
            core.settings().operations(),
            core.engines());
    session.encoding(state);
    core.sessions().add(session);
    return new DirectSession(core, session);
  }

  /** The catalogs that statements see. */
  public Catalogs catalogs() {
    return core.catalogs();
  }

  /** How every engine is now, as SHOW ENGINES has it. */
  public List<EngineReport> engines() {
    return core.engines().reports();
  }

  /** True once the gateway takes no new sessions. */
  public boolean draining() {
    return core.sessions().draining();
  }
}
