// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.CursorReader;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.StatementExecution.State;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements that are cancelled and closed at any moment, from other threads, by the hundred. */
class DuckDbTortureTest extends DuckDbTestBase {
  private static final int THREADS = 6;
  private static final int STATEMENTS = 150;
  private static final int ROWS = 60_000;

  private final AtomicInteger complete = new AtomicInteger();
  private final AtomicInteger stopped = new AtomicInteger();

  @Test
  @Timeout(300)
  void whateverIsStoppedWhenNothingIsLeftAndEveryFullAnswerIsRight() throws Exception {
    session();
    ExecutorService clients = Executors.newFixedThreadPool(2 * THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(i);
        running.add(
            clients.submit(
                () -> {
                  for (int n = 0; n < STATEMENTS; n++) {
                    torture(random, clients);
                  }
                  return null;
                }));
      }
      for (Future<?> client : running) {
        client.get(280, TimeUnit.SECONDS);
      }
    } finally {
      clients.shutdownNow();
    }
    assertThat(complete.get()).isPositive();
    assertThat(stopped.get()).isPositive();
    assertThat(complete.get() + stopped.get()).isEqualTo(THREADS * STATEMENTS);
  }

  private void torture(Random random, ExecutorService others) throws Exception {
    StatementExecution execution = session().execute(query(random));
    long delay = random.nextInt(8_000_000);
    // One in three is left alone, so that some are complete on a machine of any speed.
    int disturbance = random.nextInt(3);
    Future<?> other =
        others.submit(
            () -> {
              LockSupport.parkNanos(delay);
              if (disturbance == 1) {
                execution.cancel();
              } else if (disturbance == 2) {
                execution.close();
              }
            });
    try {
      assertThat(execution.await(Duration.ofSeconds(120))).isNotEqualTo(State.RUNNING);
      CursorReader reader = CursorReader.of(execution.cursor(), ZoneOffset.UTC);
      int rows = 0;
      for (int more = reader.skip(); more > 0; more = reader.skip()) {
        rows += more;
      }
      assertThat(rows).isEqualTo(ROWS);
      complete.incrementAndGet();
    } catch (KitsuneException e) {
      assertThat(e.code()).isEqualTo("STATEMENT_CANCELLED");
      stopped.incrementAndGet();
    }
    other.get(60, TimeUnit.SECONDS);
    execution.close();
  }

  private static Dispatch query(Random random) {
    String order = random.nextBoolean() ? "" : " ORDER BY md5(range::VARCHAR)";
    return query(
        "SELECT range AS n, range || 'x' AS s FROM range(" + ROWS + ")" + order,
        Set.of(),
        N,
        Column.of("s", Simple.STRING));
  }
}
