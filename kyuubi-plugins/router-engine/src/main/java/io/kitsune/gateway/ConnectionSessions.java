// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.SessionOpening.Word;
import io.kitsune.gateway.configuration.KyuubiSettings;
import io.kitsune.gateway.thrift.Peer;
import io.kitsune.gateway.thrift.Peer.Identity;
import io.kitsune.router.SessionState;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSessionHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one connection and whose they are. Used by the connection's thread alone.
 *
 * <p>A session opened on a connection is closed with it, HiveServer2's and Kyuubi's default ({@code
 * hive.server2.close.session.on.disconnect}, {@code kyuubi.session.close.on.disconnect}): their
 * drivers never come back to a session on a new connection, so a session that stayed would hold its
 * engines and rows until it is idle for long enough. Kyuubi's setting of the session turns it off.
 */
final class ConnectionSessions {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionSessions.class);
  private static final String CLOSE_ON_DISCONNECT = "kyuubi.session.close.on.disconnect";

  private final GatewayCore core;
  private final Peer peer;
  private final Set<GatewaySession> opened = new LinkedHashSet<>();

  /** Whom the connection belongs to; changed from unknown at most once. */
  private Identity identity;

  ConnectionSessions(GatewayCore core, Peer peer) {
    this.core = core;
    this.peer = peer;
    this.identity = peer.identity();
  }

  /**
   * Opens a session.
   *
   * @throws KitsuneException if the user, the settings or the limits don't allow it
   */
  GatewaySession open(TOpenSessionReq request) {
    String user = user(request);
    SessionState state =
        SessionOpening.state(
            user,
            request.isSetConfiguration() ? request.getConfiguration() : Map.of(),
            core.catalogs(),
            SessionOrigin.ofConnection(peer.address().getHostAddress(), user),
            core.authenticator().speaksForOthers() ? Word.BELIEVED : Word.HIS_OWN);
    GatewaySession session =
        new GatewaySession(
            SessionOpening.handle(state),
            SessionOpening.purpose(state),
            protocol(request),
            state,
            core.settings().operations(),
            core.engines());
    session.encoding(state);
    core.sessions().add(session);
    opened.add(session);
    LOG.info(
        "Session {} of {} opened: real user {}, client {}, connection from {}, protocol {}",
        session.handle(),
        user,
        state.setting(KyuubiSettings.REAL_USER).orElse(user),
        state.setting(KyuubiSettings.CLIENT_ADDRESS).orElse(""),
        peer.address(),
        session.protocol());
    return session;
  }

  private String user(TOpenSessionReq request) {
    if (identity instanceof Identity.Authenticated authenticated) {
      return authenticated.user();
    }
    String user =
        core.authenticator()
            .authenticate(
                request.isSetUsername() ? request.getUsername() : "",
                request.isSetPassword() ? request.getPassword() : "",
                peer.address());
    identity = new Identity.Authenticated(user);
    return user;
  }

  /** The lower of the two sides' versions; an unknown one is newer than ours. */
  private static TProtocolVersion protocol(TOpenSessionReq request) {
    TProtocolVersion ours = TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11;
    TProtocolVersion theirs = request.getClient_protocol();
    return theirs == null || theirs.compareTo(ours) > 0 ? ours : theirs;
  }

  /**
   * The session of that handle.
   *
   * @throws KitsuneException {@code HANDLE_INVALID} unless it is this connection's user's
   */
  GatewaySession find(TSessionHandle handle) {
    return core.sessions()
        .find(Handle.of(handle == null ? null : handle.getSessionId()), knownUser());
  }

  /** The session that has the operation, as {@link #find}. */
  GatewaySession owner(Handle operation) {
    return core.sessions().owner(operation, knownUser());
  }

  private String knownUser() {
    if (identity instanceof Identity.Authenticated authenticated) {
      return authenticated.user();
    }
    throw Handle.invalid();
  }

  /** Closes a session on its client's wish. */
  void close(GatewaySession session) {
    opened.remove(session);
    core.sessions().end(session);
    LOG.info("Session {} of {} closed", session.handle(), session.user());
  }

  /** The connection is gone. */
  void disconnected() {
    for (GatewaySession session : opened) {
      if (session.state().setting(CLOSE_ON_DISCONNECT).map(Boolean::parseBoolean).orElse(true)) {
        core.sessions().end(session);
        LOG.info("Session {} of {} closed with its connection", session.handle(), session.user());
      }
    }
    opened.clear();
  }
}
