// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.ExecutionProgress;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.RoutingDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/**
 * A statement of a frontend in this process. Thread-safe, but for {@link #fetch}, which one reader
 * calls at a time; its starter closes it.
 */
public final class DirectStatement implements AutoCloseable {
  private final GatewaySession session;
  private final Operation operation;
  private final RunningStatement statement;

  DirectStatement(GatewaySession session, Operation operation, RunningStatement statement) {
    this.session = session;
    this.operation = operation;
    this.statement = statement;
  }

  /** Where a statement stands. */
  public enum State {
    PENDING,
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED,
    TIMED_OUT,
    CLOSED;

    /** True if it runs no more. */
    public boolean over() {
      return this != PENDING && this != RUNNING;
    }
  }

  /** What logs call it by. */
  public String id() {
    return operation.handle().toString();
  }

  /** Where it stands. */
  public State state() {
    return state(operation.state());
  }

  /** Waits until it is over, or until the limit; returns where it stands then. */
  public State await(Duration limit) throws InterruptedException {
    return state(operation.await(limit));
  }

  private State state(Operation.State state) {
    operation.touch();
    return switch (state) {
      case PENDING -> State.PENDING;
      case RUNNING -> State.RUNNING;
      case FINISHED -> State.FINISHED;
      case FAILED -> State.FAILED;
      case CANCELLED -> State.CANCELLED;
      case TIMED_OUT -> State.TIMED_OUT;
      case CLOSED -> State.CLOSED;
    };
  }

  /** The decision by which it runs, once there is one: at most one element. */
  public List<RoutingDecision> decision() {
    return statement.decision();
  }

  /** The engines that failed before the one of the decision, in order. */
  public List<FailedAttempt> failedAttempts() {
    return statement.failedAttempts();
  }

  /** How far the engine was when it was looked at last. */
  public ExecutionProgress progress() {
    return operation.progress();
  }

  /** Why it has no rows (any more); empty when it has some. */
  public Optional<KitsuneException> failure() {
    return operation.failure();
  }

  /** When it came. */
  public Instant started() {
    return Instant.ofEpochMilli(operation.started());
  }

  /** Until it was over, or until now. */
  public Duration elapsed() {
    return operation.elapsed();
  }

  /**
   * Lines of its log.
   *
   * @param from the number of the first line wanted; the first line ever was 0
   * @param first the number of the first line that is there: later where old lines are gone
   */
  public record Log(long from, long first, List<String> lines) {
    public Log {
      lines = List.copyOf(lines);
    }
  }

  /** Lines of its log, from a number on, at most so many. */
  public Log log(long from, int limit) {
    OperationLog.Lines lines = operation.log().from(from, limit);
    return new Log(from, lines.first(), lines.lines());
  }

  /**
   * The result's columns.
   *
   * @throws KitsuneException why there is none
   */
  public TTableSchema schema() {
    return operation.schema();
  }

  /**
   * The next rows, in columns; none at the end, and again none however often one asks.
   *
   * @param maxRows at least 1; fewer may come
   * @throws KitsuneException why there are none
   */
  public TRowSet fetch(long maxRows) {
    operation.touch();
    session.touch();
    return operation.fetch(TFetchOrientation.FETCH_NEXT, maxRows);
  }

  /** Stops it, while its rows are read too. Idempotent. */
  public void cancel() {
    operation.cancel();
  }

  /** Stops it if it runs, and frees its rows. Its log and its decision can still be read. */
  @Override
  public void close() {
    session.end(operation);
  }
}
