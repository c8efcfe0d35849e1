// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.flink.FlinkLauncher;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.Gateway;
import io.kitsune.gateway.GatewaySettings;
import io.kitsune.gateway.OperationLimits;
import io.kitsune.gateway.SessionLimits;
import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.authentication.Authenticator;
import io.kitsune.gateway.configuration.FrontendKeys;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.configuration.OperationKeys;
import io.kitsune.gateway.discovery.DiscoverySettings;
import io.kitsune.gateway.discovery.ServiceAddress;
import io.kitsune.gateway.discovery.ServiceRegistration;
import io.kitsune.gateway.history.AuditLog;
import io.kitsune.gateway.rest.RestListener;
import io.kitsune.gateway.thrift.ListenerSettings;
import io.kitsune.redirection.store.RedirectionEntry;
import io.kitsune.redirection.store.RedirectionStore;
import io.kitsune.router.Engine;
import io.kitsune.router.FlinkTables;
import io.kitsune.router.Router;
import io.kitsune.router.equivalence.DuckDbEquivalence;
import io.kitsune.router.equivalence.EngineEquivalence;
import io.kitsune.router.equivalence.TrinoEquivalence;
import io.kitsune.router.policy.Policy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One router engine, whole: catalogs, redirections, router, engines, the gateway before them, and
 * its entry in ZooKeeper. Thread-safe; closing it closes everything.
 */
public final class RouterEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RouterEngine.class);

  private final Closing closing;
  private final Closing registrations = new Closing();
  private final Duration drainLimit;
  private final Gateway gateway;
  private final RedirectionStore redirections;
  private final String host;
  private final OptionalInt metricsPort;
  private final OptionalInt restPort;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private RouterEngine(
      Closing closing,
      Gateway gateway,
      RedirectionStore redirections,
      String host,
      OptionalInt metricsPort,
      OptionalInt restPort,
      Duration drainLimit) {
    this.closing = closing;
    this.drainLimit = drainLimit;
    this.gateway = gateway;
    this.redirections = redirections;
    this.host = host;
    this.metricsPort = metricsPort;
    this.restPort = restPort;
  }

  /**
   * Starts one with the authentication that is configured.
   *
   * @param statements told of every statement when it is closed
   * @param progress told what is waited for, here and whenever the embedded Metastore starts
   * @throws KitsuneException naming what could not be started; nothing is left running then
   */
  public static RouterEngine start(
      KitsuneConfiguration settings, StatementListener statements, ProgressListener progress) {
    return start(settings, statements, progress, settings.authenticator());
  }

  /** As the other, with an authentication of the caller's, which is closed with it. */
  public static RouterEngine start(
      KitsuneConfiguration settings,
      StatementListener statements,
      ProgressListener progress,
      Authenticator authenticator) {
    Closing closing = new Closing();
    try {
      closing.add(authenticator);
      createHome(settings.home());
      return open(settings, statements, progress, authenticator, closing);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static RouterEngine open(
      KitsuneConfiguration settings,
      StatementListener statements,
      ProgressListener progress,
      Authenticator authenticator,
      Closing closing) {
    Artifacts artifacts = new Artifacts(settings.cacheDirectory());
    Lake lake = Lake.open(settings, artifacts, progress, closing);
    RedirectionStore redirections = closing.add(RedirectionStore.open(settings.redirectionStore()));
    Optional<TrinoParts> trino = TrinoParts.of(settings, lake, artifacts);
    Optional<FlinkParts> flink = FlinkParts.of(settings, lake, artifacts);
    flink.ifPresent(parts -> closing.add(parts.grammar()));
    EngineFleet engines = Engines.open(settings, lake, artifacts, trino, flink, closing);
    Histories histories = Histories.open(settings, closing);
    Router router =
        new Router(
            lake.catalogs(),
            lake.planner(),
            redirections::current,
            engines::statuses,
            equivalences(trino),
            settings.costModel(),
            settings.readingLimits(),
            flink.map(FlinkParts::tables).orElse(FlinkTables.NONE),
            settings.policy(Optional.empty()).orElse(Policy.NONE),
            histories::known,
            histories.experience());
    Optional<Metrics> metrics = Metrics.open(settings.metrics(), closing);
    StatementListener counted =
        metrics.map(figures -> figures.before(statements)).orElse(statements);
    StatementListener listener = new AuditLog(histories.listener(settings, counted, closing));
    Gateway gateway =
        closing.add(
            Gateway.start(
                gatewaySettings(settings),
                SessionDefaults.of(settings, router::decide),
                lake.catalogs(),
                engines,
                authenticator,
                () -> redirections.list().stream().map(RedirectionEntry::redirection).toList(),
                listener));
    metrics.ifPresent(figures -> figures.watch(engines, gateway));
    Optional<RestListener> rest = Rest.open(settings, gateway, histories.store(), closing);
    if (flink.isPresent() && engines.launcher(Engine.FLINK) instanceof FlinkLauncher launcher) {
      launcher.resumeJobs();
    }
    RouterEngine engine =
        new RouterEngine(
            closing,
            gateway,
            redirections,
            settings.frontend().host(),
            metrics.map(Metrics::port).map(OptionalInt::of).orElse(OptionalInt.empty()),
            rest.map(RestListener::port).map(OptionalInt::of).orElse(OptionalInt.empty()),
            settings.drainTimeout());
    closing.add(engine.registrations);
    settings.discoverySettings().ifPresent(discovery -> engine.register(settings, discovery));
    // Closed first: a download must not keep the others waiting.
    closing.add(artifacts);
    if (settings.warmUp()) {
      closing.add(
          WarmUp.start(
              settings.home().resolve("warm-up"),
              engines.launcher(Engine.DUCKDB),
              settings.costModel(),
              settings.readingLimits(),
              () -> gateway.runningStatements() > 0));
    }
    return engine;
  }

  /** What means the same on each engine besides Spark. */
  private static Map<Engine, EngineEquivalence> equivalences(Optional<TrinoParts> trino) {
    Map<Engine, EngineEquivalence> equivalences = new EnumMap<>(Engine.class);
    equivalences.put(Engine.DUCKDB, new DuckDbEquivalence());
    trino.ifPresent(parts -> equivalences.put(Engine.TRINO, new TrinoEquivalence(parts.names())));
    return equivalences;
  }

  private void register(KitsuneConfiguration settings, DiscoverySettings discovery) {
    registrations.add(
        ServiceRegistration.inZooKeeper(
            discovery,
            new ServiceAddress(settings.advertisedHost(), settings.advertisedPort(gateway.port())),
            node -> {
              LOG.info("Deregistered by somebody else: {}", node);
              Thread drain = new Thread(this::drain, "drain");
              drain.start();
            }));
  }

  /** Only its owner may look into a home that is made here: state, logs and data are in it. */
  private static void createHome(Path home) {
    try {
      if (!Files.exists(home)) {
        Files.createDirectories(
            home,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new KitsuneException(
          "CONFIG_VALUE_INVALID",
          "58030",
          "kitsune.home %s cannot be made: %s".formatted(home, e),
          e);
    }
  }

  private static GatewaySettings gatewaySettings(KitsuneConfiguration settings) {
    FrontendKeys frontend = settings.frontend();
    OperationKeys operation = settings.operation();
    OperationLimits usual = OperationLimits.defaults();
    return new GatewaySettings(
        new ListenerSettings(
            new InetSocketAddress(frontend.host(), frontend.port()),
            switch (frontend.transport()) {
              case SASL_PLAIN -> ListenerSettings.Transport.SASL_PLAIN;
              case NOSASL -> ListenerSettings.Transport.NOSASL;
            },
            frontend.maxConnections(),
            (int) frontend.maxMessageSize().bytes(0),
            frontend.handshakeTimeout(),
            frontend.messageTimeout(),
            frontend.idleTimeout()),
        new SessionLimits(
            settings.session().max(),
            settings.session().maxPerUser(),
            settings.session().idleTimeout()),
        new OperationLimits(
            operation.maxRunning(),
            operation.maxPerSession(),
            operation.idleTimeout(),
            operation.timeout(),
            usual.firstWait(),
            usual.pollWait(),
            operation.maxFetchRows(),
            operation.logLines()),
        settings.failovers(),
        settings.instance());
  }

  /** The port it listens on. */
  public int port() {
    return gateway.port();
  }

  /** The port that Prometheus reads figures from; empty where that is off. */
  public OptionalInt metricsPort() {
    return metricsPort;
  }

  /** The port of the REST API; empty where that is off. */
  public OptionalInt restPort() {
    return restPort;
  }

  /** {@code host:port}. */
  public String address() {
    return host + ":" + port();
  }

  /** The URL for Kyuubi's JDBC driver. */
  public String jdbcUrl(String database) {
    return "jdbc:kyuubi://" + address() + "/" + database;
  }

  /** The store of redirections, owned by this engine. */
  public RedirectionStore redirections() {
    return redirections;
  }

  /**
   * Leaves: it is found no more, takes no new sessions, waits for the open ones as long as {@code
   * kitsune.drain.timeout} says, and stops. Returns when it has stopped.
   */
  public void drain() {
    // First: a server that has found it the moment before still gets its session.
    registrations.close();
    try {
      new Drain(gateway, drainLimit).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  /** How it stands, in passing. */
  public Standing standing() {
    return new Standing(gateway.draining(), gateway.sessions(), gateway.runningStatements());
  }

  /**
   * How a router engine stands.
   *
   * @param draining whether it takes no new sessions any more
   * @param sessions open now
   * @param statements running now
   */
  public record Standing(boolean draining, int sessions, int statements) {}

  /** Waits until it is closed. */
  public void awaitStopped() throws InterruptedException {
    stopped.await();
  }

  @Override
  public void close() {
    closing.close();
    stopped.countDown();
  }
}
