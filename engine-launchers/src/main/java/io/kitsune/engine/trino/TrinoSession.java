// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.engine.EngineSession;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.trino.client.ClientException;
import io.trino.client.StatementClient;
import io.trino.client.StatementClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A user's statements in Trino. The protocol has no sessions: what Trino should know goes with each
 * statement.
 */
final class TrinoSession implements EngineSession {
  private static final Logger LOG = LoggerFactory.getLogger(TrinoSession.class);

  private final RunningServer<TrinoAddress> server;
  private final String user;
  private final OkHttpClient client;
  private final BufferAllocator allocator;
  private final Executor threads;
  private final LongSupplier clock;
  private final Consumer<TrinoSession> onClose;
  private final Set<TrinoExecution> executions = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile KitsuneException gone;

  /**
   * Opens one; reads the secrets that let it in.
   *
   * @param allocator of results, owned by the caller
   * @param threads that statements run on
   * @param clock nanoseconds since some moment
   * @param onClose run once when it is closed
   */
  TrinoSession(
      RunningServer<TrinoAddress> server,
      String user,
      BufferAllocator allocator,
      Executor threads,
      LongSupplier clock,
      Consumer<TrinoSession> onClose) {
    this.server = server;
    this.user = user;
    this.client = server.address().clientFor(user);
    this.allocator = allocator;
    this.threads = threads;
    this.clock = clock;
    this.onClose = onClose;
  }

  /** Fails what runs in it, if it was that server's: Trino's client would try again for a while. */
  void ended(RunningServer<TrinoAddress> gone) {
    if (gone == server && !closed.get()) {
      KitsuneException reason = lost(new IOException("the process ended"));
      executions.forEach(execution -> execution.abandon(reason));
    }
  }

  @Override
  public StatementExecution execute(Dispatch dispatch) {
    if (!(dispatch instanceof Dispatch.TrinoQuery query)) {
      throw new KitsuneException(
          "ENGINE_WRONG_DISPATCH",
          "XX000",
          "Trino was sent a %s; it takes Trino queries only."
              .formatted(dispatch.getClass().getSimpleName()));
    }
    if (closed.get()) {
      throw closedError();
    }
    if (gone != null || !server.alive()) {
      throw lost(new IOException("the process ended"));
    }
    TrinoExecution execution = new TrinoExecution(this, query);
    executions.add(execution);
    threads.execute(execution::run);
    if (closed.get()) {
      execution.end();
    } else if (!server.alive()) {
      execution.abandon(lost(new IOException("the process ended")));
    }
    return execution;
  }

  /** Gives Trino a query; waits for its first answer, which comes at once. */
  TrinoQuery submit(Dispatch.TrinoQuery query) {
    StatementClient statement =
        StatementClientFactory.newStatementClient(
            client,
            client,
            server.address().session(user, zone(query.timeZone())),
            query.text(),
            Optional.empty());
    return new TrinoQuery(statement, query.columns());
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new KitsuneException(
          "ENGINE_TIME_ZONE_UNKNOWN", "22023", "There is no time zone '%s'.".formatted(name), e);
    }
  }

  /** Nanoseconds since some moment. */
  long nanoTime() {
    return clock.getAsLong();
  }

  BufferAllocator newAllocator() {
    return allocator.newChildAllocator("statement", 0, Long.MAX_VALUE);
  }

  /** What went wrong, as users should see it. */
  KitsuneException failure(Throwable thrown) {
    if (thrown instanceof KitsuneException ours) {
      return ours;
    } else if (thrown instanceof Error || !server.alive()) {
      return server.alive() ? broken(thrown) : lost(thrown);
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException || cause instanceof UncheckedIOException) {
        return lost(thrown);
      }
    }
    return thrown instanceof ClientException ? refused(thrown) : broken(thrown);
  }

  private KitsuneException refused(Throwable thrown) {
    return new KitsuneException(
        "ENGINE_REFUSED",
        "28000",
        "Trino at %s does not let %s in: %s. Check kitsune.trino.*, and that Kitsune's user may impersonate others there."
            .formatted(server.address(), user, thrown.getMessage()),
        thrown);
  }

  private static KitsuneException broken(Throwable thrown) {
    return new KitsuneException(
        "ENGINE_PROTOCOL_ERROR",
        "08P01",
        "Trino's answer can't be used: " + thrown.getMessage(),
        thrown);
  }

  private synchronized KitsuneException lost(Throwable cause) {
    if (gone == null) {
      gone = server.gone(cause);
    }
    return gone;
  }

  private static KitsuneException closedError() {
    return new KitsuneException("ENGINE_GONE", "08003", "The Trino session was closed.");
  }

  /** Tells Trino that results which wait for their reader are still wanted. */
  void pulse() {
    for (TrinoExecution execution : executions) {
      execution.pulse().ifPresent(this::pulse);
    }
  }

  private void pulse(String address) {
    try (Response response =
        client.newCall(new Request.Builder().url(address).head().build()).execute()) {
      LOG.trace("{} for {}", response.code(), address);
    } catch (IOException e) {
      LOG.debug("Trino could not be told that a result is still wanted", e);
    }
  }

  void closed(TrinoExecution execution) {
    executions.remove(execution);
  }

  TrinoAddress address() {
    return server.address();
  }

  int openStatements() {
    return executions.size();
  }

  @Override
  public boolean alive() {
    return !closed.get() && gone == null && server.alive();
  }

  @Override
  public boolean ended() {
    return server.ended();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      executions.forEach(TrinoExecution::end);
      onClose.accept(this);
    }
  }
}
