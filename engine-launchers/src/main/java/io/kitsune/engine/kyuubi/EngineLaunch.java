// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.thrift.OperationLog;
import io.kitsune.engine.thrift.ThriftConnections;
import io.kitsune.engine.thrift.ThriftStatement;
import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseOperationReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.THandleIdentifier;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationType;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operation in which Kyuubi finds or launches a session's engine. Kyuubi names it in its answer
 * to OpenSession, keeps the launcher's output as its log, and ends it when the engine has opened
 * its own session.
 */
final class EngineLaunch implements ThriftStatement {
  private static final Logger LOG = LoggerFactory.getLogger(EngineLaunch.class);
  private static final String GUID = "kyuubi.session.engine.launch.handle.guid";
  private static final String SECRET = "kyuubi.session.engine.launch.handle.secret";
  private static final Duration LOG_PERIOD = Duration.ofMillis(250);
  private static final long REMINDER_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final KyuubiSession session;
  private final TOperationHandle handle;
  private final OperationLog log = new OperationLog(this);

  private EngineLaunch(KyuubiSession session, TOperationHandle handle) {
    this.session = session;
    this.handle = handle;
  }

  /** Empty where the server names none: then there is nothing to wait for. */
  static Optional<EngineLaunch> of(KyuubiSession session, TOpenSessionResp answer) {
    Map<String, String> keys =
        answer.isSetConfiguration() ? answer.getConfiguration() : Map.<String, String>of();
    if (!keys.containsKey(GUID) || !keys.containsKey(SECRET)) {
      return Optional.empty();
    }
    THandleIdentifier identifier = new THandleIdentifier();
    identifier.setGuid(Base64.getDecoder().decode(keys.get(GUID)));
    identifier.setSecret(Base64.getDecoder().decode(keys.get(SECRET)));
    return Optional.of(
        new EngineLaunch(session, new TOperationHandle(identifier, TOperationType.UNKNOWN, false)));
  }

  /**
   * Waits for its end, and tells the launcher's output meanwhile.
   *
   * @throws KitsuneException {@code ENGINE_LAUNCH_FAILED}, {@code ENGINE_LAUNCH_REFUSED}, {@code
   *     ROUTING_LOOP}, {@code ENGINE_GONE}
   */
  void await(KyuubiEngineSettings settings, Object server, ProgressListener listener) {
    StatusPolls polls = new StatusPolls(session, handle, session.threads());
    Waiting waiting = new Waiting(settings, server, listener);
    try {
      while (true) {
        Optional<TGetOperationStatusResp> answer = polls.next(LOG_PERIOD);
        if (answer.isPresent() && over(answer.get(), settings, server)) {
          // To Kyuubi a session with an operation open is not idle, however long nobody uses it.
          session.inBackground(this::close);
          return;
        }
        waiting.goOn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KitsuneException(
          "ENGINE_INTERRUPTED", "57014", "Interrupted while Kyuubi launched an engine", e);
    }
  }

  private boolean over(
      TGetOperationStatusResp answer, KyuubiEngineSettings settings, Object server) {
    if (KyuubiErrors.failed(answer.getStatus())) {
      throw KyuubiErrors.opening(settings, server, answer.getStatus().getErrorMessage());
    }
    return switch (answer.getOperationState()) {
      case FINISHED_STATE -> true;
      case ERROR_STATE, CANCELED_STATE, CLOSED_STATE, TIMEDOUT_STATE ->
          throw KyuubiErrors.opening(settings, server, answer.getErrorMessage());
      default -> false;
    };
  }

  /** Tells what happens, and gives up in the end. */
  private final class Waiting {
    private final KyuubiEngineSettings settings;
    private final ProgressListener listener;
    private final String what;
    private final long began = System.nanoTime();
    private long told;

    Waiting(KyuubiEngineSettings settings, Object server, ProgressListener listener) {
      this.settings = settings;
      this.listener = listener;
      this.what =
          "%s engine is being launched by Kyuubi at %s"
              .formatted(settings.engine().title(), server);
    }

    void goOn() {
      long now = System.nanoTime();
      if (told == 0) {
        listener.progress(what);
        told = now;
      }
      for (String line : log.drain()) {
        // Stack traces are for Kyuubi's own log.
        if (!line.startsWith("\tat ")) {
          listener.progress(line);
        }
        told = now;
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(now - began);
      if (now - began > settings.limits().start().toNanos()) {
        throw new KitsuneException(
            KyuubiErrors.LAUNCH_FAILED,
            KyuubiErrors.NOT_NOW,
            "%s, and has taken %d s (kitsune.%s.start-timeout). Try again later."
                .formatted(what, seconds, settings.engine().engine().id()));
      } else if (now - told > REMINDER_NANOS) {
        listener.progress(what + ", " + seconds + " s");
        told = now;
      }
    }
  }

  @Override
  public TOperationHandle handle() {
    return handle;
  }

  @Override
  public <T> T call(ThriftConnections.Call<T> call) {
    return session.call(call);
  }

  @Override
  public void check(TStatus status) {
    session.check(status);
  }

  @Override
  public void checkFetchable() {
    // Its log can be read at any time; rows it has none.
  }

  @Override
  public void close() {
    try {
      session.call(client -> client.CloseOperation(new TCloseOperationReq(handle)));
    } catch (KitsuneException e) {
      LOG.debug("The launch of an engine stays open in Kyuubi until its session ends", e);
    }
  }
}
