// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.flink.FlinkResult.Changes;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session of Flink's SQL Gateway. */
final class FlinkSession implements EngineSession {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkSession.class);

  private static final long TURN_MILLIS = 100;
  private static final Duration PLANNING_LIMIT = Duration.ofSeconds(60);

  private final GatewayClient client;
  private final String handle;
  private final Map<String, String> settings;
  private final Duration checkpoints;
  private final JobListener jobs;
  private final Executor threads;
  private final Consumer<FlinkSession> onClose;
  private final Semaphore turn = new Semaphore(1, true);
  private final Set<FlinkExecution> executions = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile KitsuneException gone;

  private FlinkSession(
      GatewayClient client,
      String handle,
      Map<String, String> settings,
      Duration checkpoints,
      JobListener jobs,
      Executor threads,
      Consumer<FlinkSession> onClose) {
    this.client = client;
    this.handle = handle;
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.jobs = jobs;
    this.threads = threads;
    this.onClose = onClose;
  }

  /**
   * Opens one.
   *
   * @param first statements to run in it before any other, which neither start a job nor yield rows
   * @param onClose told once when it is closed; not if it can't be opened
   */
  static FlinkSession open(
      GatewayClient client,
      SessionSettings session,
      List<String> first,
      Duration checkpoints,
      JobListener jobs,
      Executor threads,
      Consumer<FlinkSession> onClose) {
    Map<String, String> settings = FlinkKeys.of(session.configuration());
    String handle = client.open(settings);
    try {
      first.forEach(statement -> client.configure(handle, statement));
    } catch (RuntimeException e) {
      client.closeSession(handle);
      throw e;
    }
    return new FlinkSession(client, handle, settings, checkpoints, jobs, threads, onClose);
  }

  String handle() {
    return handle;
  }

  GatewayAddress address() {
    return client.server().address();
  }

  @Override
  public StatementExecution execute(Dispatch dispatch) {
    if (!(dispatch instanceof Dispatch.FlinkStatement statement)) {
      throw new KitsuneException(
          "ENGINE_WRONG_DISPATCH",
          "XX000",
          "A %s was sent to Flink, which takes Flink statements only."
              .formatted(dispatch.getClass().getSimpleName()));
    }
    checkOpen();
    Map<String, String> keys = new HashMap<>(settings);
    keys.putAll(FlinkKeys.of(statement.settings()));
    FlinkExecution execution =
        new FlinkExecution(
            this,
            StatementPlan.of(statement.text(), keys, checkpoints),
            threads,
            executions::remove);
    executions.add(execution);
    if (closed.get()) {
      execution.close();
    } else {
      execution.start();
    }
    return execution;
  }

  private void checkOpen() {
    if (gone != null) {
      throw gone;
    }
    if (closed.get()) {
      throw new KitsuneException("ENGINE_GONE", "08003", "The Flink session was closed.");
    }
  }

  /**
   * Calls the SQL Gateway.
   *
   * @throws KitsuneException {@code ENGINE_GONE} if it can't be reached, now and from then on
   */
  <T> T call(Function<GatewayClient, T> call) {
    checkOpen();
    try {
      return call.apply(client);
    } catch (KitsuneException e) {
      if (e.code().equals("ENGINE_GONE")) {
        gone = closed.get() ? null : e;
      }
      throw e;
    }
  }

  /**
   * Waits until this session's other statements let one be submitted.
   *
   * @param wanted throws once nobody waits for the statement any more
   */
  void awaitTurn(Runnable wanted) throws InterruptedException {
    while (!turn.tryAcquire(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
      wanted.run();
      checkOpen();
    }
  }

  /** Lets the next be submitted. */
  void endTurn() {
    turn.release();
  }

  /** Whether the rows of a continuous query are changes to earlier ones, as Flink plans it. */
  Changes changes(String query, Map<String, String> configuration) throws InterruptedException {
    String explain = "EXPLAIN CHANGELOG_MODE " + query;
    awaitTurn(() -> {});
    String operation;
    try {
      operation = call(gateway -> gateway.submit(handle, explain, configuration));
    } finally {
      endTurn();
    }
    try {
      Pauses pauses = new Pauses();
      long began = System.nanoTime();
      while (System.nanoTime() - began < PLANNING_LIMIT.toNanos()) {
        ResultPage page =
            call(gateway -> gateway.fetch(GatewayClient.firstPage(handle, operation)));
        if (page instanceof ResultPage.Rows rows && !rows.rows().isEmpty()) {
          return ChangelogPlan.changes(rows.rows().get(0).path("fields").path(0).asText());
        }
        pauses.pause();
      }
      // Kinds lose nothing where there is only one.
      return Changes.SHOWN;
    } finally {
      call(
          gateway -> {
            gateway.close(handle, operation);
            return true;
          });
    }
  }

  /** What the JobManager says of a job, if it can be asked and knows it. */
  Optional<JsonNode> describeJob(String id) {
    return client.job(id);
  }

  /** A continuous write was submitted. */
  void jobStarted(ContinuousJob job) {
    jobs.started(job);
  }

  /** The job of a statement is not wanted, if it ever runs. */
  void jobUnwanted(String id) {
    jobs.unwanted(id, client.server());
  }

  /** A job was stopped. */
  void jobStopped() {
    jobs.stopped();
  }

  /** Tells the SQL Gateway that it is still wanted. */
  void heartbeat() {
    try {
      call(
          gateway -> {
            gateway.heartbeat(handle);
            return true;
          });
    } catch (KitsuneException e) {
      LOG.debug("A Flink session could not be kept alive", e);
    }
  }

  @Override
  public boolean alive() {
    return !closed.get() && gone == null && client.server().alive();
  }

  @Override
  public boolean ended() {
    return client.server().ended();
  }

  @Override
  public void close() {
    if (closed.get()) {
      return;
    }
    executions.forEach(FlinkExecution::close);
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      if (gone == null && client.server().alive()) {
        client.closeSession(handle);
      }
    } catch (KitsuneException e) {
      LOG.debug("A Flink session could not be closed in Flink; it ends when it is idle", e);
    } finally {
      executions.forEach(FlinkExecution::close);
      onClose.accept(this);
    }
  }
}
