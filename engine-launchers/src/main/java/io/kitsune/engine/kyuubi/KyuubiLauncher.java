// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.kyuubi.KyuubiServers.Server;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.engine.thrift.ThriftAddress;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kyuubi.shaded.thrift.transport.TTransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine that Kyuubi launches for each end user, shares as its share level says, and reaps. Each
 * session here is a session there, on any server that answers; a session whose server ends is gone,
 * and the next one is opened on another. Thread-safe.
 */
public final class KyuubiLauncher implements EngineLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(KyuubiLauncher.class);
  private static final long CLOSE_SECONDS = 5;

  private final KyuubiEngineSettings settings;
  private final ServerWatch servers;
  private final AtomicInteger sessions = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "kyuubi-call");
            thread.setDaemon(true);
            return thread;
          });

  /** Begins to watch the servers, which are closed with this. */
  public KyuubiLauncher(KyuubiEngineSettings settings) {
    this.settings = settings;
    this.servers = new ServerWatch(settings.engine().engine(), settings.servers());
  }

  @Override
  public Engine engine() {
    return settings.engine().engine();
  }

  /** Ready if a server answers: which users' engines are up only Kyuubi knows. */
  @Override
  public EngineStatus status() {
    return servers.status();
  }

  /**
   * Opens a session, for which Kyuubi launches an engine if need be: the listener is told the
   * launcher's output.
   *
   * @throws KitsuneException {@code ENGINE_UNAVAILABLE} or {@code ENGINE_GONE} if no server can be
   *     reached; {@code ENGINE_LAUNCH_FAILED} or {@code ENGINE_LAUNCH_REFUSED} if Kyuubi gives no
   *     engine; {@code ROUTING_LOOP} if it sends the session back to a router
   */
  @Override
  public EngineSession open(SessionSettings session, ProgressListener listener) {
    KitsuneException last = null;
    for (Server server : servers.answering()) {
      try {
        return open(server, session, listener);
      } catch (KitsuneException e) {
        if (!e.code().equals("ENGINE_GONE")) {
          throw e;
        }
        // Nothing ran yet, so another does as well.
        LOG.warn("Kyuubi at {} was lost while a session was opened there", server, e);
        listener.progress("Kyuubi at %s was lost".formatted(server));
        last = e;
      }
    }
    throw last;
  }

  /**
   * Logs in at each server that there is. No session is opened, since Kyuubi would launch an engine
   * for it.
   *
   * @return what came of it, a line for each server; at least one lets this gateway in
   * @throws KitsuneException {@code ENGINE_UNAVAILABLE} if none does
   */
  public List<String> tryLogins() {
    String user = settings.login().user("kitsune");
    List<String> lines = new ArrayList<>();
    boolean any = false;
    for (Server server : settings.servers().now()) {
      try {
        address(server).tryLogin(user);
        lines.add("%s lets %s in".formatted(server, user));
        any = true;
      } catch (TTransportException e) {
        LOG.debug("Kyuubi at {} does not let {} in", server, user, e);
        lines.add("%s does not let %s in: %s".formatted(server, user, e.getMessage()));
      }
    }
    if (!any) {
      throw new KitsuneException(
          "ENGINE_UNAVAILABLE",
          "08001",
          lines.isEmpty()
              ? "There is no Kyuubi server in %s.".formatted(settings.servers().place())
              : "Kyuubi: " + String.join("; ", lines));
    }
    return lines;
  }

  private ThriftAddress address(Server server) {
    return new ThriftAddress(
        server.host(),
        server.port(),
        settings.login().authentication(),
        settings.limits().answer());
  }

  private EngineSession open(Server server, SessionSettings session, ProgressListener listener) {
    EngineSession opened =
        KyuubiSession.open(
            RunningServer.found("Kyuubi", address(server)),
            settings,
            session,
            listener,
            threads,
            sessions::decrementAndGet);
    sessions.incrementAndGet();
    return opened;
  }

  /** How many sessions are open. */
  public int openSessions() {
    return sessions.get();
  }

  @Override
  public void close() {
    servers.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      threads.shutdownNow();
    }
  }
}
