// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.thrift.encoding.EncodedRowSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/**
 * An operation's rows, or why it has none. One reader at a time; rows that are dropped while they
 * are read are closed by their reader. Thread-safe.
 */
final class OperationRows {
  private static final Duration READING_LIMIT = Duration.ofMinutes(1);

  private final AtomicReference<OperationResult> current =
      new AtomicReference<>(new NoResult(OperationErrors.running()));

  private final ReentrantLock reading = new ReentrantLock();

  private final AtomicReference<OperationResult> dropped =
      new AtomicReference<>(new NoResult(OperationErrors.cancelled()));

  private final AtomicLong fetched = new AtomicLong();

  /** Takes the rows that the operation's work delivered. */
  void deliver(OperationResult delivered) {
    current.set(delivered);
  }

  /** Says why there are none; nothing was delivered, or it was dropped. */
  void refuse(KitsuneException reason) {
    current.set(new NoResult(reason));
  }

  /**
   * Gives the rows up, for that reason.
   *
   * @return stops their reader and frees them, here or when the reader returns; it calls the
   *     engine, so run it under no lock
   */
  Runnable drop(KitsuneException reason) {
    OperationResult rows = current.getAndSet(new NoResult(reason));
    dropped.set(rows);
    return () -> {
      rows.cancel();
      if (reading.tryLock()) {
        reading.unlock();
        closeDropped();
      }
    };
  }

  private void closeDropped() {
    dropped.getAndSet(new NoResult(OperationErrors.cancelled())).close();
  }

  /** Why there are none (any more); empty when there are some. */
  Optional<KitsuneException> refusal() {
    return current.get() instanceof NoResult none ? Optional.of(none.reason()) : Optional.empty();
  }

  /** How many were handed out so far. */
  long fetched() {
    return fetched.get();
  }

  /**
   * The columns.
   *
   * @throws KitsuneException why there are none
   */
  TTableSchema schema() {
    return current.get().schema();
  }

  /**
   * What the client is told of their format.
   *
   * @throws KitsuneException why there are none
   */
  List<String> hints() {
    return current.get().hints();
  }

  /**
   * The next rows.
   *
   * @throws KitsuneException why there are none, or {@code OPERATION_BUSY} if another reader does
   *     not return
   */
  TRowSet fetch(TFetchOrientation orientation, long maxRows) {
    lockReading();
    try {
      EncodedRowSet rows = current.get().fetch(orientation, maxRows);
      fetched.addAndGet(rows.rows());
      return rows.rowSet();
    } finally {
      reading.unlock();
      closeDropped();
    }
  }

  private void lockReading() {
    try {
      if (!reading.tryLock(READING_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw OperationErrors.busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OperationErrors.stopped(e);
    }
  }
}
