// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.gateway.assembly.RouterEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a server's file in step with how it stands, and deletes it in the end. */
final class WrittenStanding implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WrittenStanding.class);
  private static final long PERIOD_MILLIS = 500;

  private final RouterEngine engine;
  private final Path home;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "kitsune-standing");
            made.setDaemon(true);
            return made;
          });
  private ServerFile written;

  private WrittenStanding(RouterEngine engine, Path home) {
    this.engine = engine;
    this.home = home;
  }

  /** Writes it now, and whenever it changes. */
  static WrittenStanding start(RouterEngine engine, Path home) {
    WrittenStanding standing = new WrittenStanding(engine, home);
    standing.update();
    var unused =
        standing.thread.scheduleWithFixedDelay(
            standing::update, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return standing;
  }

  private synchronized void update() {
    ServerFile now = ServerFile.ofThisProcess(engine.address(), engine.standing());
    if (now.equals(written)) {
      return;
    }
    try {
      now.write(home);
      written = now;
    } catch (IOException e) {
      // A full disk is no reason to stop; 'kitsune drain' may not find this server.
      LOG.warn("{} cannot be written", home.resolve("run"), e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    synchronized (this) {
      if (written != null) {
        try {
          written.delete(home);
        } catch (IOException e) {
          LOG.warn("{} is left behind", home.resolve("run"), e);
        }
      }
    }
  }
}
