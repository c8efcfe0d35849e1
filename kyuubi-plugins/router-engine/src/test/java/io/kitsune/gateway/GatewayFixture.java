// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.duckdb.DuckDbLauncher;
import io.kitsune.engine.duckdb.DuckDbSettings;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.authentication.Authenticator;
import io.kitsune.gateway.thrift.ListenerSettings;
import io.kitsune.gateway.thrift.ListenerSettings.Transport;
import io.kitsune.router.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A gateway on a free loopback port with a real DuckDB behind it. */
final class GatewayFixture implements AutoCloseable {
  /** Lets everybody in but {@code mallory}. */
  static final class Doorkeeper implements Authenticator {
    /** Whether those who come in are Kyuubi's servers. */
    volatile boolean speaksForOthers;

    @Override
    public String authenticate(String user, String password, InetAddress client) {
      if (user.equals("mallory")) {
        throw new KitsuneException(Authenticator.FAILED, "28000", "User or password is wrong.");
      }
      return user.isEmpty() ? "anonymous" : user;
    }

    @Override
    public boolean speaksForOthers() {
      return speaksForOthers;
    }
  }

  final Doorkeeper doorkeeper = new Doorkeeper();

  final ScriptedRouting routing = new ScriptedRouting();
  final MemoryCatalogs catalogs = new MemoryCatalogs();
  final Queue<StatementReport> reports = new ConcurrentLinkedQueue<>();
  final Gateway gateway;
  private final TemporaryFolder temporary = TemporaryFolder.create("gateway-test");
  final EngineFleet fleet;
  private final DuckDbLauncher duckDb;

  GatewayFixture() throws IOException {
    this(defaults(Transport.SASL_PLAIN), Map.of());
  }

  GatewayFixture(GatewaySettings settings, Map<Engine, EngineLauncher> others) throws IOException {
    duckDb = new DuckDbLauncher(DuckDbSettings.defaults(temporary.path()));
    duckDb.start();
    Map<Engine, EngineLauncher> launchers = new EnumMap<>(Engine.class);
    launchers.put(Engine.DUCKDB, duckDb);
    launchers.putAll(others);
    fleet = EngineFleet.of(launchers.values());
    gateway = Gateway.start(settings, routing, catalogs, fleet, doorkeeper, List::of, reports::add);
  }

  static GatewaySettings defaults(Transport transport) {
    return with(listener(transport), SessionLimits.defaults(), OperationLimits.defaults());
  }

  static ListenerSettings listener(Transport transport) {
    return ListenerSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .with(transport);
  }

  static GatewaySettings with(
      ListenerSettings listener, SessionLimits sessions, OperationLimits operations) {
    return new GatewaySettings(listener, sessions, operations, GatewaySettings.USUAL_FAILOVERS);
  }

  /** Limits with another number of rows in a set, for results of several sets. */
  static OperationLimits limits(int maxPerSession, Duration statementLimit) {
    OperationLimits defaults = OperationLimits.defaults();
    return new OperationLimits(
        defaults.maxRunning(),
        maxPerSession,
        defaults.idleLimit(),
        statementLimit,
        defaults.firstWait(),
        defaults.pollWait(),
        defaults.maxFetchRows(),
        defaults.logLines());
  }

  String url(String rest) {
    return "jdbc:kyuubi://127.0.0.1:" + gateway.port() + "/" + rest;
  }

  Connection connect() throws SQLException {
    return connect("alice", "default");
  }

  Connection connect(String user, String rest) throws SQLException {
    return DriverManager.getConnection(url(rest), user, "secret");
  }

  @Override
  public void close() {
    gateway.close();
    fleet.close();
    duckDb.close();
    temporary.close();
  }
}
