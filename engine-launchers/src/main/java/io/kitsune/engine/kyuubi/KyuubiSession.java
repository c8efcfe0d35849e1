// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.engine.thrift.ThriftAddress;
import io.kitsune.engine.thrift.ThriftConnections;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoType;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSessionHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.apache.kyuubi.shaded.thrift.TApplicationException;
import org.apache.kyuubi.shaded.thrift.TException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session of Kyuubi's, with the client's protocol version, on an engine that Kyuubi launched or
 * found for the user.
 */
final class KyuubiSession implements EngineSession {
  private static final Logger LOG = LoggerFactory.getLogger(KyuubiSession.class);

  /**
   * After so long without an answer it is asked whether it is still there: a few milliseconds, for
   * not having sent a write into a dead engine.
   */
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RunningServer<ThriftAddress> server;
  private final KyuubiEngineSettings settings;
  private final ThriftConnections connections;
  private final SessionKeys keys;
  private final Executor threads;
  private final Runnable onClose;
  private final TSessionHandle handle;
  private final Set<KyuubiExecution> executions = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile long answered = System.nanoTime();
  private volatile KitsuneException gone;

  private KyuubiSession(
      RunningServer<ThriftAddress> server,
      KyuubiEngineSettings settings,
      ThriftConnections connections,
      SessionKeys keys,
      Executor threads,
      Runnable onClose,
      TSessionHandle handle) {
    this.server = server;
    this.settings = settings;
    this.connections = connections;
    this.keys = keys;
    this.threads = threads;
    this.onClose = onClose;
    this.handle = handle;
  }

  /**
   * Opens one and waits for its engine.
   *
   * @param threads for questions that Kyuubi holds
   * @param onClose run once when it is closed; not if it can't be opened
   * @throws KitsuneException {@code ENGINE_GONE} if the server can't be reached; {@code
   *     ENGINE_LAUNCH_FAILED}, {@code ENGINE_LAUNCH_REFUSED} or {@code ROUTING_LOOP}
   */
  static KyuubiSession open(
      RunningServer<ThriftAddress> server,
      KyuubiEngineSettings settings,
      SessionSettings wanted,
      ProgressListener listener,
      Executor threads,
      Runnable onClose) {
    ThriftConnections connections =
        new ThriftConnections(server.address(), settings.login().user(wanted.user()));
    boolean opened = false;
    try {
      SessionKeys keys = SessionKeys.of(settings, wanted);
      TOpenSessionResp answer =
          connections.call(client -> client.OpenSession(request(settings, wanted, keys)));
      if (KyuubiErrors.failed(answer.getStatus())) {
        throw KyuubiErrors.opening(
            settings, server.address(), answer.getStatus().getErrorMessage());
      }
      AtomicBoolean up = new AtomicBoolean();
      KyuubiSession session =
          new KyuubiSession(
              server,
              settings,
              connections,
              keys,
              threads,
              () -> {
                if (up.get()) {
                  onClose.run();
                }
              },
              answer.getSessionHandle());
      session.launch(answer, listener);
      up.set(true);
      opened = true;
      return session;
    } catch (TException e) {
      throw server.gone(e);
    } finally {
      if (!opened) {
        connections.close();
      }
    }
  }

  private static TOpenSessionReq request(
      KyuubiEngineSettings settings, SessionSettings wanted, SessionKeys keys) {
    TProtocolVersion version = TProtocolVersion.findByValue(wanted.thriftProtocol());
    if (version == null) {
      throw new KitsuneException(
          "ENGINE_PROTOCOL_UNKNOWN",
          "0A000",
          "Kyuubi has no protocol version " + wanted.thriftProtocol() + ".");
    }
    TOpenSessionReq request = new TOpenSessionReq(version);
    request.setUsername(settings.login().user(wanted.user()));
    request.setConfiguration(keys.all());
    return request;
  }

  private void launch(TOpenSessionResp answer, ProgressListener listener) {
    Optional<EngineLaunch> launch = EngineLaunch.of(this, answer);
    try {
      if (launch.isPresent()) {
        launch.get().await(settings, server.address(), listener);
      }
    } catch (KitsuneException e) {
      // Kyuubi stops launching for a session that is closed.
      close();
      throw e;
    }
  }

  @Override
  public StatementExecution execute(Dispatch dispatch) {
    TExecuteStatementReq request =
        new TExecuteStatementReq(handle, settings.engine().text(dispatch));
    request.setRunAsync(true);
    request.setConfOverlay(SessionKeys.overlay(settings));
    TExecuteStatementResp answer = call(client -> client.ExecuteStatement(request));
    check(answer.getStatus());
    KyuubiExecution execution =
        new KyuubiExecution(
            this, answer.getOperationHandle(), settings.limits(), executions::remove);
    executions.add(execution);
    if (closed.get()) {
      execution.close();
    }
    return execution;
  }

  /**
   * Calls Kyuubi.
   *
   * @throws KitsuneException {@code ENGINE_GONE} if it can't be reached, now and from then on
   */
  <T> T call(ThriftConnections.Call<T> call) {
    if (gone != null) {
      throw gone;
    }
    if (closed.get()) {
      throw closedError();
    }
    try {
      T answer = connections.call(call);
      answered = System.nanoTime();
      return answer;
    } catch (TApplicationException e) {
      throw new KitsuneException(
          "ENGINE_PROTOCOL_ERROR", "08P01", "Kyuubi answered: " + e.getMessage(), e);
    } catch (TException e) {
      if (closed.get()) {
        throw closedError();
      }
      gone = server.gone(e);
      throw gone;
    }
  }

  /** Throws what a call's answer says, unless it succeeded. */
  void check(TStatus status) {
    if (KyuubiErrors.failed(status)) {
      throw failure(status.getErrorMessage(), status.getSqlState());
    }
  }

  /** What became of a statement or a call; if it is the session's end, that is noted. */
  KitsuneException failure(String text, String sqlState) {
    if (!KyuubiErrors.gone(text)) {
      return KyuubiErrors.statement(settings, text, sqlState);
    }
    LOG.warn("A session in Kyuubi at {} is gone: {}", server.address(), text);
    gone =
        new KitsuneException(
            "ENGINE_GONE",
            "08006",
            "The %s engine behind Kyuubi at %s, or the session there, has ended. What ran in it was lost; run the statement again, on a new session."
                .formatted(settings.engine().title(), server.address()));
    return gone;
  }

  static KitsuneException closedError() {
    return new KitsuneException("ENGINE_GONE", "08003", "The session in Kyuubi was closed.");
  }

  KyuubiEngine engine() {
    return settings.engine();
  }

  Executor threads() {
    return threads;
  }

  /** Runs it on a thread of its own; at once where there are no more. */
  void inBackground(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  @Override
  public Map<String, String> settings() {
    return keys.applied(settings.engine());
  }

  /**
   * One that was idle is asked: Kyuubi closes sessions after a time-out of its own, and an engine
   * may have ended. Kyuubi counts the question as use.
   */
  @Override
  public boolean alive() {
    if (closed.get() || gone != null) {
      return false;
    }
    if (System.nanoTime() - answered < FRESH_NANOS) {
      return true;
    }
    return stillThere();
  }

  /** Asks the engine, by way of the server. */
  boolean stillThere() {
    try {
      TGetInfoReq question = new TGetInfoReq(handle, TGetInfoType.CLI_DBMS_VER);
      check(call(client -> client.GetInfo(question)).getStatus());
      return true;
    } catch (KitsuneException e) {
      LOG.info("A session in Kyuubi that was idle is not there any more: {}", e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      if (gone == null) {
        // It closes its statements and cancels what runs.
        connections.call(client -> client.CloseSession(new TCloseSessionReq(handle)));
      }
    } catch (TException | RuntimeException e) {
      LOG.debug("A session could not be closed in Kyuubi; it ends with its connection", e);
    } finally {
      executions.forEach(KyuubiExecution::abandon);
      connections.close();
      onClose.run();
    }
  }
}
