// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.DirectSession;
import io.kitsune.gateway.DirectStatement;
import io.kitsune.gateway.DirectStatement.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumnDesc;

/**
 * A statement as its client sees it. What it holds in the engine is freed as soon as its last page
 * was read or it has failed; what there is to say of it stays until it is forgotten. Thread-safe.
 */
final class RestStatement implements AutoCloseable {
  /** The session is the statement's own, or one that the client opened. */
  enum SessionUse {
    OWN,
    SHARED
  }

  private final DirectSession session;
  private final SessionUse use;
  private final DirectStatement statement;
  private final ResultPages pages;

  /** Held while a page is read; never while a statement is waited for. */
  private final ReentrantLock reading = new ReentrantLock();

  private volatile Optional<Ending> ending = Optional.empty();
  private volatile Optional<List<TColumnDesc>> columns = Optional.empty();
  private volatile long lastUsed = System.nanoTime();

  /** How it ended, kept for when the gateway has forgotten it. */
  private record Ending(State state, Optional<KitsuneException> failure) {}

  RestStatement(
      DirectSession session, SessionUse use, DirectStatement statement, int maxPageBytes) {
    this.session = session;
    this.use = use;
    this.statement = statement;
    this.pages = new ResultPages(statement::fetch, maxPageBytes);
  }

  String id() {
    return statement.id();
  }

  String user() {
    return session.user();
  }

  /** The session that the client opened for it; empty if it has one of its own. */
  Optional<String> sharedSession() {
    return use == SessionUse.SHARED ? Optional.of(session.id()) : Optional.empty();
  }

  /** What the gateway has of it. */
  DirectStatement running() {
    return statement;
  }

  /** Where it stands. */
  State state() {
    return ending.map(Ending::state).orElseGet(() -> settled(statement.state()));
  }

  /** Waits until it is over, or until the limit. */
  State await(Duration limit) throws InterruptedException {
    if (ending.isPresent()) {
      return ending.get().state();
    }
    State state = settled(statement.await(limit));
    touch();
    return state;
  }

  /** Why it failed or was stopped. */
  Optional<KitsuneException> failure() {
    state();
    return ending.flatMap(Ending::failure);
  }

  /** The columns; empty until it is finished. */
  Optional<List<TColumnDesc>> columns() {
    state();
    return columns;
  }

  /** Rows in the pages that were handed out. */
  long rowsReturned() {
    return pages.returned();
  }

  /** The token of the page that nobody has read yet; empty where there is none. */
  Optional<String> nextPage() {
    return state() == State.FINISHED ? pages.next() : Optional.empty();
  }

  /**
   * A page of rows.
   *
   * @param token empty for the one that nobody has read yet
   * @throws KitsuneException why there are no rows (any more)
   */
  Page page(Optional<String> token, int maxRows) {
    touch();
    reading.lock();
    try {
      if (state() != State.FINISHED) {
        throw failure().orElseGet(RestStatement::running409);
      }
      Page page =
          token.map(wanted -> pages.page(wanted, maxRows)).orElseGet(() -> pages.read(maxRows));
      if (pages.ended()) {
        end(State.FINISHED, Optional.empty());
      }
      return page;
    } catch (KitsuneException e) {
      if (state() == State.FINISHED) {
        end(State.FAILED, Optional.of(e));
      }
      throw e;
    } finally {
      reading.unlock();
      touch();
    }
  }

  private static KitsuneException running409() {
    return new KitsuneException(
        "OPERATION_RUNNING",
        "HY010",
        "The statement still runs; ask again when it is finished, or with wait=SECONDS.");
  }

  /** Frees what a statement without rows holds. */
  private State settled(State state) {
    if (state == State.FINISHED) {
      if (columns.isEmpty()) {
        keepColumns();
      }
    } else if (state.over()) {
      end(state, statement.failure());
    }
    return ending.map(Ending::state).orElse(state);
  }

  private void keepColumns() {
    try {
      columns = Optional.of(statement.schema().getColumns());
    } catch (KitsuneException e) {
      // Cancelled between two looks.
      end(statement.state(), Optional.of(e));
    }
  }

  private void end(State state, Optional<KitsuneException> failure) {
    synchronized (this) {
      if (ending.isEmpty()) {
        ending = Optional.of(new Ending(state, failure));
      }
    }
    free();
  }

  private void free() {
    statement.close();
    if (use == SessionUse.OWN) {
      session.close();
    }
  }

  /** Stops it on its client's wish; what is known of it stays. */
  void cancel() {
    if (ending.isEmpty()) {
      statement.cancel();
      state();
    }
  }

  private void touch() {
    lastUsed = System.nanoTime();
  }

  /** True if it is over and nobody asked for it for that long. */
  boolean idleFor(Duration limit) {
    return System.nanoTime() - lastUsed > limit.toNanos() && state().over();
  }

  /** Stops it if it runs, and frees everything. Idempotent. */
  @Override
  public void close() {
    free();
  }
}
