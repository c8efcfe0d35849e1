// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.supply.DaemonTimer;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.engine.supply.ServerSupply;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import io.trino.client.StatementClient;
import io.trino.client.StatementClientFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster that somebody else runs. Whether it answers is tried every few seconds; whether it has
 * the catalogs that the configuration names, when it first answers.
 */
final class ForeignTrino implements ServerSupply<TrinoAddress> {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignTrino.class);
  private static final long PROBE_SECONDS = 5;
  private static final String USER = "kitsune";

  private final TrinoSource.Endpoint endpoint;
  private final TrinoAddress address;
  private final RunningServer<TrinoAddress> server;
  private final ScheduledExecutorService watch = DaemonTimer.named("trino-watch");
  private volatile EngineStatus status =
      new EngineStatus(Engine.TRINO, State.COLD, "not tried yet");
  private volatile boolean checked;

  ForeignTrino(TrinoSource.Endpoint endpoint, Duration answer) {
    this.endpoint = endpoint;
    this.address = TrinoAddress.of(endpoint, answer);
    this.server = RunningServer.found("Trino", address);
    var unused = watch.scheduleWithFixedDelay(this::probe, 0, PROBE_SECONDS, TimeUnit.SECONDS);
  }

  private void probe() {
    try {
      check();
      status = new EngineStatus(Engine.TRINO, State.READY, "");
    } catch (KitsuneException e) {
      failed(e.getMessage());
    } catch (IOException | RuntimeException e) {
      failed("Nothing that can be used answers at %s: %s.".formatted(address, e.getMessage()));
    }
  }

  private void failed(String reason) {
    if (status.state() != State.FAILED) {
      LOG.warn("{}", reason);
    }
    status = new EngineStatus(Engine.TRINO, State.FAILED, reason);
  }

  private void check() throws IOException {
    TrinoInfo.check(address);
    if (!checked) {
      Set<String> missing = new TreeSet<>(endpoint.catalogs());
      if (!missing.isEmpty()) {
        missing.removeAll(catalogs());
      }
      if (!missing.isEmpty()) {
        throw new KitsuneException(
            "ENGINE_CATALOG_MISSING",
            "3D000",
            "Trino at %s has no catalog %s, which kitsune.trino.catalog-mapping.* names. Name one that it has."
                .formatted(address, String.join(", ", missing)));
      }
      checked = true;
    }
  }

  private Set<String> catalogs() {
    Set<String> names = new HashSet<>();
    OkHttpClient client = address.clientFor(user());
    try (StatementClient statement =
        StatementClientFactory.newStatementClient(
            client,
            client,
            address.session(user(), ZoneOffset.UTC),
            "SHOW CATALOGS",
            Optional.empty())) {
      while (statement.isRunning()) {
        for (List<Object> row : statement.currentRows()) {
          names.add((String) row.get(0));
        }
        statement.advance();
      }
      if (statement.finalStatusInfo().getError() != null) {
        throw TrinoErrors.of(
            statement.finalStatusInfo().getError(), statement.finalStatusInfo().getId());
      }
    }
    return names;
  }

  /** Who asks, where no end user is there to ask for. */
  private String user() {
    return endpoint.authentication() instanceof TrinoSource.Authentication.Password password
        ? password.user()
        : USER;
  }

  @Override
  public RunningServer<TrinoAddress> lease(ProgressListener listener) {
    if (status.state() != State.READY) {
      try {
        check();
        status = new EngineStatus(Engine.TRINO, State.READY, "");
      } catch (IOException e) {
        throw server.gone(e);
      }
    }
    return server;
  }

  @Override
  public void giveBack(RunningServer<TrinoAddress> given) {}

  @Override
  public EngineStatus status() {
    return status;
  }

  @Override
  public OptionalLong memoryUsed() {
    return OptionalLong.empty();
  }

  @Override
  public boolean stop() {
    return false;
  }

  @Override
  public void close() {
    watch.shutdownNow();
    address.close();
  }
}
