// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.thrift;

import io.kitsune.error.KitsuneException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIService;
import org.apache.kyuubi.shaded.thrift.TApplicationException;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.transport.TTransportException;

/**
 * The connections of one session: handles of sessions and operations are valid on all of them, so a
 * cancel need not wait for a poll that the server holds. The first connection opened the session,
 * and the server closes the session with it: it stays. Thread-safe.
 */
public final class ThriftConnections implements AutoCloseable {
  private static final int LIMIT = 8;
  private static final int KEPT_IDLE = 2;

  /** A call to the server. */
  @FunctionalInterface
  public interface Call<T> {
    /** Makes it. */
    T on(TCLIService.Iface client) throws TException;
  }

  private final ThriftAddress address;
  private final String user;
  private final Semaphore permits = new Semaphore(LIMIT, true);
  private final Deque<ThriftConnection> idle = new ArrayDeque<>();
  private final Set<ThriftConnection> open = new HashSet<>();
  private ThriftConnection first;
  private boolean closed;

  /** Opens none yet; each is opened as that user. */
  public ThriftConnections(ThriftAddress address, String user) {
    this.address = address;
    this.user = user;
  }

  /**
   * Calls the server on a free connection, or a new one.
   *
   * @throws KitsuneException {@code ENGINE_BUSY} if all stay busy
   * @throws TTransportException if the server can't be reached or the connections are closed
   */
  public <T> T call(Call<T> call) throws TException {
    acquirePermit();
    try {
      ThriftConnection connection = take();
      boolean usable = false;
      try {
        T answer = call.on(connection.client());
        usable = true;
        return answer;
      } catch (TApplicationException e) {
        usable = true;
        throw e;
      } finally {
        giveBack(connection, usable);
      }
    } finally {
      permits.release();
    }
  }

  private void acquirePermit() {
    try {
      if (!permits.tryAcquire(address.answer().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new KitsuneException(
            "ENGINE_BUSY",
            "53300",
            "All %d connections of a session to %s were busy for %d s. Close statements that are no longer read."
                .formatted(LIMIT, address, address.answer().toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KitsuneException("ENGINE_INTERRUPTED", "57014", "Interrupted while waiting", e);
    }
  }

  private ThriftConnection take() throws TTransportException {
    synchronized (this) {
      refuseIfClosed();
      ThriftConnection free = idle.pollLast();
      if (free != null) {
        return free;
      }
    }
    ThriftConnection made = address.connect(user);
    synchronized (this) {
      if (closed) {
        made.close();
      }
      refuseIfClosed();
      if (first == null) {
        first = made;
      }
      open.add(made);
      return made;
    }
  }

  private void refuseIfClosed() throws TTransportException {
    if (closed) {
      throw new TTransportException(TTransportException.NOT_OPEN, "the session is closed");
    }
  }

  private synchronized void giveBack(ThriftConnection connection, boolean usable) {
    if (!usable || closed) {
      drop(connection);
    } else if (connection == first) {
      idle.addLast(connection);
    } else if (idle.size() < KEPT_IDLE) {
      idle.addFirst(connection);
    } else {
      drop(connection);
    }
  }

  private void drop(ThriftConnection connection) {
    open.remove(connection);
    connection.close();
  }

  /** Breaks off what is being called. */
  @Override
  public synchronized void close() {
    closed = true;
    open.forEach(ThriftConnection::close);
    open.clear();
    idle.clear();
  }
}
