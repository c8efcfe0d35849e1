// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.Operation.State;
import io.kitsune.gateway.answer.Answer;
import io.kitsune.gateway.configuration.KyuubiSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starting a statement for a client, and reporting on it when it is closed. */
final class StatementCalls {
  private static final Logger LOG = LoggerFactory.getLogger(StatementCalls.class);

  private final GatewayCore core;

  StatementCalls(GatewayCore core) {
    this.core = core;
  }

  /**
   * Starts a statement; waits a little if it is asynchronous, else to its end.
   *
   * @throws KitsuneException if it cannot be started, or, synchronous, if it failed
   */
  Operation execute(GatewaySession session, TExecuteStatementReq request) {
    Map<String, String> overlay = request.isSetConfOverlay() ? request.getConfOverlay() : Map.of();
    Optional<Operation.Work> location = SessionLocation.work(session, overlay, core.commands());
    StatementOptions options =
        StatementOptions.of(
            overlay,
            session.state().configuration(),
            request.isSetQueryTimeout() ? request.getQueryTimeout() : 0,
            core.settings().operations().statementLimit());
    String handle = overlay.get(KyuubiSettings.OPERATION_HANDLE);
    Operation operation =
        session.begin(
            TOperationType.EXECUTE_STATEMENT,
            handle == null
                ? Handle.random()
                : SessionOpening.named(KyuubiSettings.OPERATION_HANDLE, handle));
    try {
      core.runner()
          .start(
              operation,
              location.orElseGet(
                  () -> {
                    String text = request.getStatement();
                    return work(
                        session, operation, text, statement(session, text, options), options);
                  }),
              options.timeout());
      await(operation, request.isRunAsync(), options.timeout());
    } catch (KitsuneException e) {
      session.end(operation);
      throw e;
    }
    return operation;
  }

  /** A statement that was started, and what is known of its way. */
  record Started(Operation operation, RunningStatement statement) {}

  /**
   * Starts a statement and does not wait.
   *
   * @throws KitsuneException if it cannot be started
   */
  Started start(GatewaySession session, String text, StatementOptions options) {
    Operation operation = session.begin(TOperationType.EXECUTE_STATEMENT);
    RunningStatement statement = statement(session, text, options);
    try {
      core.runner()
          .start(operation, work(session, operation, text, statement, options), options.timeout());
    } catch (KitsuneException e) {
      session.end(operation);
      throw e;
    }
    return new Started(operation, statement);
  }

  private void await(Operation operation, boolean asynchronous, Duration timeout) {
    try {
      if (asynchronous) {
        operation.await(core.settings().operations().firstWait());
      } else if (operation.await(timeout.plusSeconds(1)) != State.FINISHED) {
        throw operation.failure().orElseGet(OperationErrors::cancelled);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OperationErrors.stopped(e);
    }
  }

  private RunningStatement statement(
      GatewaySession session, String text, StatementOptions options) {
    return new RunningStatement(
        session,
        text,
        options,
        core.routing(),
        core.commands(),
        core.catalogs(),
        core.engines(),
        core.settings().failovers());
  }

  private Operation.Work work(
      GatewaySession session,
      Operation operation,
      String text,
      RunningStatement statement,
      StatementOptions options) {
    operation.onClose(end -> report(session, operation, text, statement, end));
    return control -> {
      OperationResult result = statement.run(control);
      if (options.maxRows().isEmpty()) {
        return result;
      }
      OperationResult end =
          new AnswerResult(
              new Answer(Answer.strings("Result"), List.of()), session.encoding(session.state()));
      return new LimitedResult(result, end, options.maxRows().getAsLong());
    };
  }

  private static String setting(GatewaySession session, String key) {
    return session.state().setting(key).orElse("");
  }

  @SuppressWarnings("CatchingUnchecked")
  private void report(
      GatewaySession session,
      Operation operation,
      String text,
      RunningStatement statement,
      Operation.Ending ending) {
    try {
      core.listener()
          .finished(
              new StatementReport(
                  session.handle().toString(),
                  operation.handle().toString(),
                  session.user(),
                  setting(session, KyuubiSettings.REAL_USER),
                  setting(session, KyuubiSettings.CLIENT_ADDRESS),
                  text,
                  statement.decision(),
                  statement.failedAttempts(),
                  ending.end(),
                  operation.rowsFetched(),
                  operation.elapsed(),
                  statement.run(),
                  ending.errors()));
    } catch (RuntimeException e) {
      LOG.warn("A statement listener failed; the statement is not affected", e);
    }
  }
}
