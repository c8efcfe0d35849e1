// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import io.kitsune.engine.kyuubi.KyuubiServers.Server;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.engine.supply.DaemonTimer;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks every few seconds whether any of Kyuubi's servers answers. Thread-safe. */
final class ServerWatch implements AutoCloseable {
  private static final long PERIOD_SECONDS = 5;

  private final Engine engine;
  private final KyuubiServers servers;
  private final ScheduledExecutorService timer;
  private volatile EngineStatus status;

  /** Begins to watch; the servers are closed with it. */
  ServerWatch(Engine engine, KyuubiServers servers) {
    this.engine = engine;
    this.servers = servers;
    this.status = new EngineStatus(engine, State.COLD, "not tried yet");
    this.timer = DaemonTimer.named(engine.id() + "-kyuubi-watch");
    var unused =
        timer.scheduleWithFixedDelay(() -> status = look(), 0, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** How the engine is, as far as that is known of the servers; answered at once. */
  EngineStatus status() {
    return status;
  }

  private EngineStatus look() {
    try {
      List<Server> now = servers.now();
      return now.stream().anyMatch(server -> LoopbackPort.answers(server.host(), server.port()))
          ? new EngineStatus(engine, State.READY, "")
          : new EngineStatus(engine, State.FAILED, nobody(now));
    } catch (KitsuneException e) {
      return new EngineStatus(engine, State.FAILED, e.getMessage());
    }
  }

  private String nobody(List<Server> tried) {
    return tried.isEmpty()
        ? "There is no Kyuubi server in %s.".formatted(servers.place())
        : "No Kyuubi server answers at %s.".formatted(KyuubiServers.at(tried).place());
  }

  /**
   * Those that answer, in random order, so that sessions spread over them.
   *
   * @throws KitsuneException {@code ENGINE_UNAVAILABLE} if there is none
   */
  List<Server> answering() {
    List<Server> now = new ArrayList<>(servers.now());
    List<Server> tried = List.copyOf(now);
    now.removeIf(server -> !LoopbackPort.answers(server.host(), server.port()));
    if (now.isEmpty()) {
      throw new KitsuneException(
          "ENGINE_UNAVAILABLE", "08001", nobody(tried) + " Try again when one is up.");
    }
    Collections.shuffle(now);
    return now;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    servers.close();
  }
}
