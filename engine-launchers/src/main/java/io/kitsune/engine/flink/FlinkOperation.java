// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one statement has in the SQL Gateway: an operation from its submission until it is ended.
 * Thread-safe; a statement that is tried a second time has a second operation in the same object.
 */
final class FlinkOperation {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkOperation.class);

  /** How long Flink may take to plan a query and submit its job. */
  static final Duration SUBMISSION_LIMIT = Duration.ofSeconds(30);

  private final FlinkSession session;
  private final StatementPlan plan;

  /** Held by whoever ends it. */
  private final ReentrantLock leaving = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private Optional<String> handle = Optional.empty();

  /** Whether Flink has its job, if it has one, and ends it with the operation. */
  private volatile boolean underWay;

  private volatile Optional<String> job = Optional.empty();

  FlinkOperation(FlinkSession session, StatementPlan plan) {
    this.session = session;
    this.plan = plan;
  }

  /** Sends the statement. */
  void submit(StatementPlan.Attempt attempt) {
    String submitted =
        session.call(
            client -> client.submit(session.handle(), plan.text(), attempt.configuration()));
    lock.lock();
    try {
      handle = Optional.of(submitted);
    } finally {
      lock.unlock();
    }
  }

  /** Where its rows begin; it has been submitted. */
  String firstPage() {
    lock.lock();
    try {
      return GatewayClient.firstPage(session.handle(), handle.orElseThrow());
    } finally {
      lock.unlock();
    }
  }

  /** The job behind it, once it is known. */
  Optional<String> job() {
    return job;
  }

  /**
   * The next page that has rows, or is the last one.
   *
   * @param wanted throws what the statement ended with, if it has ended
   * @throws KitsuneException why there is none
   */
  ResultPage.Rows fetch(String place, Runnable wanted) throws InterruptedException {
    Pauses pauses = new Pauses();
    String next = place;
    while (true) {
      wanted.run();
      String asked = next;
      ResultPage page = session.call(client -> client.fetch(asked));
      if (page instanceof ResultPage.Rows) {
        underWay = true;
      }
      wanted.run();
      if (page instanceof ResultPage.Rows rows) {
        job = rows.job().or(this::job);
        if (!rows.rows().isEmpty() || rows.next().isEmpty()) {
          return rows;
        }
        next = rows.next().orElseThrow();
      }
      pauses.pause();
    }
  }

  /** Stops what of it runs in Flink, except the job of a continuous write, and forgets it. */
  void end() {
    leaving.lock();
    try {
      Optional<String> ended = taken();
      if (ended.isPresent()) {
        end(ended.get());
      }
    } finally {
      leaving.unlock();
    }
  }

  private Optional<String> taken() {
    lock.lock();
    try {
      Optional<String> taken = handle;
      handle = Optional.empty();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void end(String ended) {
    try {
      if (plan.kind() == StatementKind.QUERY && !underWay) {
        awaitSubmission(ended);
      }
      session.call(
          client -> {
            // Ends what runs, too. A cancel is refused once there is a result to fetch.
            client.close(session.handle(), ended);
            return true;
          });
    } catch (KitsuneException e) {
      LOG.debug("An operation could not be closed in Flink; it ends with its session", e);
    }
  }

  /**
   * Waits until Flink has the query's job: the SQL Gateway (2.3) forgets one that it is submitting
   * while its operation or session is closed, and the job runs on for ever.
   */
  private void awaitSubmission(String submitted) {
    String first = GatewayClient.firstPage(session.handle(), submitted);
    Pauses pauses = new Pauses();
    long began = System.nanoTime();
    try {
      while (System.nanoTime() - began < SUBMISSION_LIMIT.toNanos()
          && session.call(client -> client.fetch(first)) instanceof ResultPage.NotReady) {
        pauses.pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KitsuneException e) {
      LOG.debug("A statement that was stopped failed before it had a job", e);
    }
  }
}
