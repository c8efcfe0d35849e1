// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.answer.Answer;
import io.kitsune.gateway.statement.States;
import io.kitsune.gateway.thrift.encoding.ResultFormat;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.SessionState;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationType;

/** A session of a frontend in this process. Thread-safe; its opener closes it. */
public final class DirectSession implements AutoCloseable {
  /** As the value of {@link ResultFormat#KEY}. */
  private static final String COLUMNS = "thrift";

  private final GatewayCore core;
  private final GatewaySession session;

  DirectSession(GatewayCore core, GatewaySession session) {
    this.core = core;
    this.session = session;
  }

  /** What logs call it by. */
  public String id() {
    return session.handle().toString();
  }

  /** Whose it is. */
  public String user() {
    return session.user();
  }

  /** What it has set, as of now. */
  public SessionState state() {
    return session.state();
  }

  /**
   * What statements with these settings are read by: its own, and what holds where it says none.
   */
  public Map<String, String> configuration(Map<String, String> overlay) {
    return core.routing().complete(States.with(session.state(), overlay)).configuration();
  }

  /** False once it was closed, by its opener or for being idle. */
  public boolean isOpen() {
    return !session.closed();
  }

  /** Marks it as just used. */
  public void touch() {
    session.touch();
  }

  /**
   * Starts a statement and does not wait.
   *
   * @param overlay settings for this statement alone
   * @param maxRows the most rows it may yield; empty for all
   * @throws KitsuneException if it cannot be started: a setting is wrong, the session is closed or
   *     has too many statements open, or the gateway is busy
   */
  public DirectStatement execute(String text, Map<String, String> overlay, OptionalLong maxRows) {
    session.touch();
    // A relayed engine goes by the session's key, and rows are read here as columns.
    session.change(DirectSession::inColumns);
    StatementOptions asked = options(overlay);
    StatementCalls.Started started =
        new StatementCalls(core)
            .start(
                session,
                text,
                new StatementOptions(
                    asked.overlay(),
                    asked.timeout(),
                    maxRows.isPresent() ? maxRows : asked.maxRows(),
                    ResultFormat.THRIFT));
    return new DirectStatement(session, started.operation(), started.statement());
  }

  private static SessionState inColumns(SessionState state) {
    boolean other =
        state.setting(ResultFormat.KEY).filter(format -> !format.equals(COLUMNS)).isPresent();
    return other ? States.with(state, Map.of(ResultFormat.KEY, COLUMNS)) : state;
  }

  private StatementOptions options(Map<String, String> overlay) {
    return StatementOptions.of(
        overlay, session.state().configuration(), 0, core.settings().operations().statementLimit());
  }

  /**
   * Decides a statement and does not run it: what EXPLAIN ROUTE shows, by the same code and under
   * the same limits.
   *
   * @param limit how long that may take
   * @throws KitsuneException if it comes to no decision, as {@link RoutingService#decide}
   */
  public RoutingDecision route(String text, Map<String, String> overlay, Duration limit) {
    session.touch();
    SessionState state = States.with(session.state(), options(overlay).overlay());
    AtomicReference<RoutingDecision> decision = new AtomicReference<>();
    Operation operation = session.begin(TOperationType.EXECUTE_STATEMENT);
    try {
      core.runner()
          .start(
              operation,
              control -> {
                decision.set(core.routing().decide(text, state));
                return new AnswerResult(Answer.nothing(), session.encoding(state));
              },
              limit);
      if (operation.await(limit.plusSeconds(1)) != Operation.State.FINISHED) {
        throw operation.failure().orElseGet(OperationErrors::cancelled);
      }
      return decision.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OperationErrors.stopped(e);
    } finally {
      session.end(operation);
    }
  }

  /** Stops its statements and frees what they hold. Idempotent. */
  @Override
  public void close() {
    core.sessions().end(session);
  }
}
