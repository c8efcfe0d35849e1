// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Catalogs;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.gateway.authentication.Authenticator;
import io.kitsune.gateway.statement.Commands;
import io.kitsune.gateway.thrift.NamedThreads;
import io.kitsune.gateway.thrift.ThriftListener;
import io.kitsune.redirection.Redirection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router engine's service: clients' sessions and statements behind one TCLIService port. Owns
 * its sessions and threads; catalogs and engines are its maker's, and must outlive it. Thread-safe.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final Duration REAP_PERIOD = Duration.ofSeconds(10);

  private final GatewayCore core;
  private final ThriftListener listener;
  private final ScheduledExecutorService reaper;

  private Gateway(GatewayCore core, ThriftListener listener, ScheduledExecutorService reaper) {
    this.core = core;
    this.listener = listener;
    this.reaper = reaper;
  }

  /**
   * Binds the port and starts to serve.
   *
   * @param routing decides who gets a statement
   * @param engines the engines that there are
   * @param authenticator checks every connection's user
   * @param redirections every redirection as of now, for SHOW REDIRECTIONS
   * @param statements told of every statement when it is closed
   * @throws io.kitsune.error.KitsuneException {@code GATEWAY_PORT_UNAVAILABLE} if the address
   *     cannot be bound
   */
  public static Gateway start(
      GatewaySettings settings,
      RoutingService routing,
      Catalogs catalogs,
      EngineFleet engines,
      Authenticator authenticator,
      Supplier<List<Redirection>> redirections,
      StatementListener statements) {
    requireNonNull(routing, "routing");
    requireNonNull(statements, "statements");
    Sessions sessions = new Sessions(settings.sessions());
    Authenticator users = new PlainUserNames(authenticator);
    GatewayCore core =
        new GatewayCore(
            settings,
            routing,
            catalogs,
            engines,
            users,
            new Commands(catalogs, redirections, engines::reports, routing::decide),
            sessions,
            new OperationRunner(settings.operations().maxRunning()),
            statements);
    ThriftListener listener =
        ThriftListener.start(settings.listener(), users, peer -> new ClientCalls(core, peer));
    ScheduledExecutorService reaper =
        Executors.newSingleThreadScheduledExecutor(NamedThreads.daemon("kitsune-reaper"));
    Gateway gateway = new Gateway(core, listener, reaper);
    var unused =
        reaper.scheduleWithFixedDelay(
            gateway::reap, REAP_PERIOD.toMillis(), REAP_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    LOG.info("Listening on {}:{}", settings.listener().address().getHostString(), listener.port());
    return gateway;
  }

  private void reap() {
    try {
      core.sessions().reap();
    } catch (RuntimeException e) {
      // The next round must come all the same.
      LOG.error("Closing idle sessions failed", e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return listener.port();
  }

  /** The gateway's sessions for a frontend in this process; not its to close. */
  public DirectSessions direct() {
    return new DirectSessions(core);
  }

  /** How many connections there are. */
  public int connections() {
    return listener.connections();
  }

  /** How many sessions are open, probes not counted. */
  public int sessions() {
    return (int)
        core.sessions().all().stream()
            .filter(session -> session.purpose() == GatewaySession.Purpose.STATEMENTS)
            .count();
  }

  /** How many statements run. */
  public int runningStatements() {
    return (int) core.sessions().all().stream().mapToLong(GatewaySession::running).sum();
  }

  /**
   * Takes no new sessions and waits until the open ones are closed.
   *
   * @return false if some are still open after the limit
   */
  public boolean drain(Duration limit) throws InterruptedException {
    core.sessions().drain();
    return core.sessions().awaitEmpty(limit);
  }

  /**
   * Takes no new connections, and waits until clients have closed theirs: an answer may still be on
   * its way to one whose session is closed.
   *
   * @return false if some are open after the limit
   */
  public boolean awaitDisconnected(Duration limit) throws InterruptedException {
    return listener.awaitDisconnected(limit);
  }

  /** Whether it takes no new sessions any more; what asks whether it is ready wants to know. */
  public boolean draining() {
    return core.sessions().draining();
  }

  /**
   * Fails every statement that runs with {@code GATEWAY_STOPPED} (57P01) and starts no more.
   * Sessions stay open, so that their clients are told.
   */
  public void stopStatements() {
    core.sessions().all().forEach(GatewaySession::stopStatements);
  }

  /** Stops at once: statements are cancelled, sessions and connections closed. */
  @Override
  public void close() {
    reaper.shutdownNow();
    listener.stopAccepting();
    core.sessions().close();
    listener.close();
    core.runner().close();
  }
}
