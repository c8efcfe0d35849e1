// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.health.EngineFleet;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.thrift.encoding.Encoding;
import io.kitsune.router.SessionState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationType;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;

/**
 * A client's session: its state, its operations, its sessions in the engines. Thread-safe; closing
 * it stops and frees all of them.
 */
final class GatewaySession implements AutoCloseable {
  /** Why a session is there. */
  enum Purpose {
    STATEMENTS,
    /** Kyuubi asks on a second connection whether the engine still lives. */
    PROBE
  }

  private static final String TIME_ZONE = "spark.sql.session.timeZone";

  private final Handle handle;
  private final Purpose purpose;
  private final TProtocolVersion protocol;
  private final OperationLimits limits;
  private final AtomicReference<SessionState> state;
  private final EngineSessions engines;
  private final Map<UUID, Operation> operations = new ConcurrentHashMap<>();
  private volatile long lastUsed = System.nanoTime();
  private volatile boolean closed;
  private boolean stopping;

  GatewaySession(
      Handle handle,
      Purpose purpose,
      TProtocolVersion protocol,
      SessionState initial,
      OperationLimits limits,
      EngineFleet fleet) {
    this.handle = handle;
    this.purpose = purpose;
    this.protocol = protocol;
    this.limits = limits;
    this.state = new AtomicReference<>(initial);
    this.engines = new EngineSessions(fleet, handle.toString(), protocol.getValue());
  }

  Handle handle() {
    return handle;
  }

  Purpose purpose() {
    return purpose;
  }

  TProtocolVersion protocol() {
    return protocol;
  }

  String user() {
    return state.get().user();
  }

  SessionState state() {
    return state.get();
  }

  /** Changes the state; side by side with others' changes. */
  SessionState change(UnaryOperator<SessionState> change) {
    return state.updateAndGet(change);
  }

  EngineSessions engines() {
    return engines;
  }

  /**
   * How this client wants rows.
   *
   * @throws KitsuneException {@code SETTING_INVALID} if the session's time zone is none
   */
  Encoding encoding(SessionState state) {
    String zone = state.setting(TIME_ZONE).orElse("UTC");
    try {
      // SHORT_IDS: Spark takes "EST" and "PST" too.
      return Encoding.of(protocol, ZoneId.of(zone, ZoneId.SHORT_IDS));
    } catch (DateTimeException e) {
      throw new KitsuneException(
          "SETTING_INVALID",
          "22023",
          "%s=%s is no time zone; write one like Europe/Warsaw or +02:00."
              .formatted(TIME_ZONE, zone),
          e);
    }
  }

  /**
   * A new operation of this session.
   *
   * @throws KitsuneException {@code OPERATION_LIMIT} if it has too many open
   */
  Operation begin(TOperationType type) {
    return begin(type, Handle.random());
  }

  /**
   * A new operation by that name.
   *
   * @throws KitsuneException as the other; {@code OPERATION_HANDLE_IN_USE} if it has one by that
   *     name
   */
  synchronized Operation begin(TOperationType type, Handle handle) {
    if (closed) {
      throw closedError();
    }
    if (stopping) {
      throw OperationErrors.drained();
    }
    if (operations.size() >= limits.maxPerSession()) {
      throw new KitsuneException(
          "OPERATION_LIMIT",
          "53000",
          "The session has %d statements open, the limit. Close statements and result sets that are read."
              .formatted(operations.size()));
    }
    if (has(handle)) {
      throw new KitsuneException(
          "OPERATION_HANDLE_IN_USE",
          "HY010",
          "The session has an operation %s already. Send the statement under a new handle."
              .formatted(handle));
    }
    Operation operation = new Operation(handle, type, new OperationLog(limits.logLines()));
    operations.put(operation.handle().id(), operation);
    return operation;
  }

  /**
   * The operation of that handle.
   *
   * @throws KitsuneException {@code HANDLE_INVALID} if it is not there (any more)
   */
  Operation operation(Handle wanted) {
    Operation found = operations.get(wanted.id());
    if (found == null || !found.handle().hasSecretOf(wanted)) {
      throw Handle.invalid();
    }
    found.touch();
    return found;
  }

  /** True if it has an operation with that identifier. */
  boolean has(Handle wanted) {
    return operations.containsKey(wanted.id());
  }

  /** Closes an operation and forgets it; without effect if it is not there any more. */
  void end(Operation operation) {
    operations.remove(operation.handle().id());
    operation.close();
  }

  /** True once it was closed, by whomever. */
  boolean closed() {
    return closed;
  }

  /** Marks it as just used by its client. */
  void touch() {
    lastUsed = System.nanoTime();
  }

  /** True if nothing runs in it and its client was not heard of for that long. */
  boolean idleFor(Duration limit) {
    return System.nanoTime() - lastUsed > limit.toNanos()
        && operations.values().stream().allMatch(operation -> operation.state().over());
  }

  /** Closes operations that nobody asked about for too long. */
  void reapOperations() {
    operations.values().stream()
        .filter(operation -> operation.idleFor(limits.idleLimit()))
        .forEach(this::end);
  }

  /** Fails what runs and takes no more; results that are there can still be fetched. */
  void stopStatements() {
    synchronized (this) {
      stopping = true;
    }
    operations.values().forEach(operation -> operation.fail(OperationErrors.drained()));
  }

  /** How many operations run now. */
  long running() {
    return operations.values().stream().filter(operation -> !operation.state().over()).count();
  }

  static KitsuneException closedError() {
    return new KitsuneException(
        "SESSION_CLOSED", "08003", "The session is closed. Open a new connection.");
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    operations.values().forEach(this::end);
    engines.close();
  }
}
