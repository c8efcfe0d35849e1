// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.DirectSessions;
import io.kitsune.gateway.thrift.NamedThreads;
import io.kitsune.router.history.HistoryStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of the REST API. Closing it closes the statements and sessions of its clients.
 * Thread-safe.
 */
public final class RestListener implements AutoCloseable {
  /** Where everything lies; another version gets another one. */
  static final String ROOT = "/api/v1";

  private static final Logger LOG = LoggerFactory.getLogger(RestListener.class);

  /** Those that accept connections and watch them, on machines of up to 32 processors. */
  private static final int JETTYS_THREADS = 20;

  private static final Duration REAP_PERIOD = Duration.ofSeconds(5);
  private static final Duration SHORTEST_REAP_PERIOD = Duration.ofMillis(250);

  /** Bytes a second: who sends a body more slowly holds a thread for nothing. */
  private static final long SLOWEST_BODY = 500;

  /** Connections that wait for their next request hold no thread, but a file each. */
  private static final int CONNECTIONS_A_THREAD = 16;

  private static final Duration IDLE_CONNECTION = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final RestSessions sessions;
  private final RestStatements statements;
  private final Waits waits;
  private final Access access;
  private final List<Route> routes = new ArrayList<>();
  private final Javalin server;
  private final ScheduledExecutorService reaper =
      Executors.newSingleThreadScheduledExecutor(NamedThreads.daemon("kitsune-rest-reaper"));

  private RestListener(
      RestSettings settings, DirectSessions gateway, Optional<HistoryStore> history) {
    this.sessions = new RestSessions(gateway);
    this.statements = new RestStatements(settings);
    this.waits = new Waits(Math.max(1, settings.maxThreads() / 2));
    this.access = new Access(settings, gateway::authenticate);
    routes.addAll(new StatementRoutes(settings, gateway, sessions, statements, waits).routes());
    routes.addAll(new SessionRoutes(settings, sessions).routes());
    routes.addAll(new CatalogRoutes(gateway.catalogs()).routes());
    routes.addAll(new HistoryRoutes(history).routes());
    routes.addAll(new EngineRoutes(gateway).routes());
    DescriptionRoutes description = new DescriptionRoutes();
    routes.addAll(description.routes());
    description.requireSame(routes);
    this.server = Javalin.create(config -> configure(config, settings));
  }

  /**
   * Binds the port and starts to serve.
   *
   * @param history empty where none is kept
   * @throws KitsuneException {@code REST_PORT_UNAVAILABLE} (08001)
   */
  public static RestListener start(
      RestSettings settings, DirectSessions gateway, Optional<HistoryStore> history) {
    RestListener listener = new RestListener(settings, gateway, history);
    try {
      listener.server.start();
    } catch (RuntimeException e) {
      listener.close();
      throw new KitsuneException(
          "REST_PORT_UNAVAILABLE",
          "08001",
          "Cannot serve the REST API at %s: %s. Set kitsune.rest.port to another port (Kyuubi's server has the same by itself), stop what listens there, or set kitsune.rest.enabled=false."
              .formatted(settings.address(), reason(e)),
          e);
    }
    listener.watch(settings.idleLimit());
    LOG.info(
        "REST API at http://{}:{}{}", settings.address().getHostString(), listener.port(), ROOT);
    return listener;
  }

  /** Often enough that a short limit is one. */
  private void watch(Duration idleLimit) {
    long period =
        Math.max(
            SHORTEST_REAP_PERIOD.toMillis(),
            Math.min(REAP_PERIOD.toMillis(), idleLimit.toMillis() / 2));
    var unused = reaper.scheduleWithFixedDelay(this::reap, period, period, TimeUnit.MILLISECONDS);
  }

  private static String reason(Throwable error) {
    Throwable last = error;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last.getMessage();
  }

  private void configure(JavalinConfig config, RestSettings settings) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jetty.host = settings.address().getHostString();
    config.jetty.port = settings.address().getPort();
    QueuedThreadPool threads = new QueuedThreadPool(settings.maxThreads() + JETTYS_THREADS);
    threads.setName("kitsune-rest");
    threads.setDaemon(true);
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setIdleTimeout(IDLE_CONNECTION.toMillis());
          http.setMinRequestDataRate(SLOWEST_BODY);
        });
    config.jetty.modifyServer(
        jetty -> {
          jetty.setStopTimeout(STOP_LIMIT.toMillis());
          jetty.setErrorHandler(new ProblemErrors());
          jetty.addBean(
              new NetworkConnectionLimit(settings.maxThreads() * CONNECTIONS_A_THREAD, jetty));
        });
    config.http.prefer405over404 = true;
    config.router.ignoreTrailingSlashes = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.routes.before(this::admit);
    routes.forEach(
        route ->
            config.routes.addHttpHandler(route.method(), ROOT + route.path(), route.handler()));
    config.routes.exception(ProblemException.class, (e, context) -> refuse(context, e.problem()));
    config.routes.exception(KitsuneException.class, (e, context) -> refuse(context, Problem.of(e)));
    config.routes.exception(HttpResponseException.class, (e, context) -> unknown(context));
    config.routes.exception(Exception.class, (e, context) -> refuse(context, fault(e)));
  }

  private void admit(Context context) {
    context.header("Cache-Control", "no-store");
    context.header("X-Content-Type-Options", "nosniff");
    if (access.checkOrigin(context)) {
      context.skipRemainingHandlers();
      return;
    }
    boolean open =
        routesHere(context).stream()
            .anyMatch(route -> route.audience() == Route.Audience.EVERYBODY);
    if (!open) {
      access.authenticate(context);
      if (context.method().equals(HandlerType.HEAD)) {
        // Javalin would say 200 wherever there is a GET, which may read a page of rows.
        unknown(context);
        context.skipRemainingHandlers();
      }
    }
  }

  private List<Route> routesHere(Context context) {
    String path = context.req().getRequestURI();
    return path.startsWith(ROOT)
        ? routes.stream().filter(route -> route.covers(path.substring(ROOT.length()))).toList()
        : List.of();
  }

  private static void refuse(Context context, Problem problem) {
    if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE_503
        || problem.code().equals("OPERATION_RUNNING")) {
      context.header("Retry-After", "1");
    }
    Answers.problem(context, problem);
  }

  /** No path of ours, or no method that it has. */
  private void unknown(Context context) {
    List<String> methods =
        routesHere(context).stream().map(route -> route.method().toString()).sorted().toList();
    if (methods.isEmpty()) {
      refuse(
          context,
          Problem.notFound(
                  "PATH_UNKNOWN",
                  "There is nothing at this path; %s/openapi.json describes what there is."
                      .formatted(ROOT))
              .problem());
      return;
    }
    context.header("Allow", String.join(", ", methods));
    refuse(
        context,
        new Problem(
            HttpStatus.METHOD_NOT_ALLOWED_405,
            "METHOD_NOT_ALLOWED",
            "08P01",
            "This path has %s only.".formatted(String.join(", ", methods))));
  }

  private static Problem fault(Exception error) {
    if (error instanceof IOException) {
      return new Problem(
          HttpStatus.BAD_REQUEST_400, "REQUEST_INVALID", "08P01", "The request broke off.");
    }
    String number = UUID.randomUUID().toString();
    LOG.error("Fault {}", number, error);
    return new Problem(
        HttpStatus.INTERNAL_SERVER_ERROR_500,
        "INTERNAL_ERROR",
        "XX000",
        "A fault in the gateway (%s). Please report it with the lines that the gateway's log has under %s."
            .formatted(error.getClass().getSimpleName(), number));
  }

  private void reap() {
    try {
      statements.reap();
      sessions.reap();
    } catch (RuntimeException e) {
      // The next round must come all the same.
      LOG.error("Closing idle statements failed", e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    reaper.shutdownNow();
    waits.close();
    statements.close();
    sessions.close();
    server.stop();
  }
}
