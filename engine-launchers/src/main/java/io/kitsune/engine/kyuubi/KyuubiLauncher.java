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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  private EngineSession open(Server server, SessionSettings session, ProgressListener listener) {
    ThriftAddress address =
        new ThriftAddress(
            server.host(),
            server.port(),
            settings.login().authentication(),
            settings.limits().answer());
    EngineSession opened =
        KyuubiSession.open(
            RunningServer.found("Kyuubi", address),
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
