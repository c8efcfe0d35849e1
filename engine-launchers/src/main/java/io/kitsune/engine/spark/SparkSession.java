// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.EngineSession;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.engine.thrift.ThriftConnections;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSessionHandle;
import org.apache.kyuubi.shaded.thrift.TApplicationException;
import org.apache.kyuubi.shaded.thrift.TException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session of Spark's Thrift server, with the client's protocol version. */
final class SparkSession implements EngineSession {
  private static final Logger LOG = LoggerFactory.getLogger(SparkSession.class);
  private static final Duration SETTING_LIMIT = Duration.ofSeconds(60);

  private final RunningServer<SparkAddress> spark;
  private final ThriftConnections connections;
  private final SparkSettings.Limits limits;
  private final Runnable onClose;
  private final TSessionHandle handle;
  private final Set<SparkExecution> executions = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile KitsuneException gone;

  private SparkSession(
      RunningServer<SparkAddress> spark,
      ThriftConnections connections,
      SparkSettings.Limits limits,
      TSessionHandle handle,
      Runnable onClose) {
    this.spark = spark;
    this.connections = connections;
    this.limits = limits;
    this.handle = handle;
    this.onClose = onClose;
  }

  /**
   * Opens one and sets the configuration's keys in it.
   *
   * @param onClose run once when it is closed; not if it can't be opened
   */
  static SparkSession open(
      RunningServer<SparkAddress> spark,
      SessionSettings settings,
      SparkSettings.Limits limits,
      Runnable onClose) {
    ThriftConnections connections =
        new ThriftConnections(spark.address().server(), settings.user());
    try {
      TProtocolVersion version = TProtocolVersion.findByValue(settings.thriftProtocol());
      if (version == null) {
        throw new KitsuneException(
            "ENGINE_PROTOCOL_UNKNOWN",
            "0A000",
            "Spark's Thrift server has no protocol version " + settings.thriftProtocol() + ".");
      }
      TOpenSessionReq request = new TOpenSessionReq(version);
      request.setUsername(settings.user());
      TOpenSessionResp answer = connections.call(client -> client.OpenSession(request));
      SparkErrors.check(answer.getStatus());
      SparkSession session =
          new SparkSession(spark, connections, limits, answer.getSessionHandle(), onClose);
      session.set(settings.configuration());
      return session;
    } catch (TException e) {
      connections.close();
      throw spark.gone(e);
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
  }

  /** All at once: one after the other, each would cost as much as a short query. */
  private void set(Map<String, String> configuration) {
    List<SparkExecution> settings = new ArrayList<>();
    try {
      configuration.forEach(
          (key, value) -> settings.add(submit("SET " + quoted(key) + "=" + quoted(value))));
      for (SparkExecution setting : settings) {
        if (setting.await(SETTING_LIMIT) == StatementExecution.State.RUNNING) {
          throw new KitsuneException(
              "ENGINE_START_TIMEOUT",
              "57014",
              "Spark did not apply the session's settings within %d s."
                  .formatted(SETTING_LIMIT.toSeconds()));
        }
        // Throws why a setting was refused.
        var unused = setting.cursor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KitsuneException(
          "ENGINE_INTERRUPTED", "57014", "Interrupted while opening a Spark session", e);
    } finally {
      settings.forEach(SparkExecution::close);
    }
  }

  private static String quoted(String text) {
    return "`" + text.replace("`", "``") + "`";
  }

  @Override
  public StatementExecution execute(Dispatch dispatch) {
    if (dispatch instanceof Dispatch.SparkStatement statement) {
      return submit(statement.text());
    }
    throw new KitsuneException(
        "ENGINE_WRONG_DISPATCH",
        "XX000",
        "Spark was sent a %s; it takes Spark statements only."
            .formatted(dispatch.getClass().getSimpleName()));
  }

  private SparkExecution submit(String text) {
    TExecuteStatementReq request = new TExecuteStatementReq(handle, text);
    request.setRunAsync(true);
    TExecuteStatementResp answer = call(client -> client.ExecuteStatement(request));
    SparkErrors.check(answer.getStatus());
    SparkExecution execution =
        new SparkExecution(this, answer.getOperationHandle(), limits, executions::remove);
    executions.add(execution);
    if (closed.get()) {
      execution.close();
    }
    return execution;
  }

  /**
   * Calls Spark.
   *
   * @throws KitsuneException {@code ENGINE_GONE} if it can't be reached, now and from then on
   */
  <T> T call(ThriftConnections.Call<T> call) {
    if (gone != null) {
      throw gone;
    }
    if (closed.get()) {
      throw new KitsuneException("ENGINE_GONE", "08003", "The Spark session was closed.");
    }
    try {
      return connections.call(call);
    } catch (TApplicationException e) {
      throw new KitsuneException(
          "ENGINE_PROTOCOL_ERROR", "08P01", "Spark's Thrift server answered: " + e.getMessage(), e);
    } catch (TException e) {
      gone = closed.get() ? null : spark.gone(e);
      throw gone == null
          ? new KitsuneException("ENGINE_GONE", "08003", "The Spark session was closed.", e)
          : gone;
    }
  }

  SparkAddress address() {
    return spark.address();
  }

  @Override
  public boolean alive() {
    return !closed.get() && gone == null && spark.alive();
  }

  @Override
  public boolean ended() {
    return spark.ended();
  }

  @Override
  public void close() {
    if (closed.get()) {
      return;
    }
    if (alive()) {
      executions.forEach(SparkExecution::close);
    }
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      if (gone == null && spark.alive()) {
        connections.call(client -> client.CloseSession(new TCloseSessionReq(handle)));
      }
    } catch (TException | RuntimeException e) {
      LOG.debug("A Spark session could not be closed in Spark; it ends with its connection", e);
    } finally {
      executions.forEach(SparkExecution::abandon);
      connections.close();
      onClose.run();
    }
  }
}
