// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.ProgressListener;
import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** One attempt to start Spark, on a thread of its own; many may wait for it. */
final class SparkStart {
  private static final long LINE_MILLIS = 100;
  private static final long REMINDER_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long CLOSE_SECONDS = 30;

  private final CompletableFuture<RunningSpark> outcome = new CompletableFuture<>();
  private final List<String> lines = new ArrayList<>();
  private final Thread thread;

  private SparkStart(
      Function<ProgressListener, RunningSpark> starter,
      BiConsumer<RunningSpark, RuntimeException> onEnd) {
    this.thread =
        new Thread(
            () -> {
              try {
                RunningSpark spark = starter.apply(this::add);
                onEnd.accept(spark, null);
                outcome.complete(spark);
              } catch (Throwable e) {
                // An Error too: whoever waits must not wait for a thread that is gone.
                RuntimeException failure = failure(e);
                onEnd.accept(null, failure);
                outcome.completeExceptionally(failure);
              }
            },
            "spark-start");
    thread.setDaemon(true);
  }

  /**
   * Begins.
   *
   * @param onEnd told the running Spark, or why there is none, before anybody who waits is
   */
  static SparkStart begin(
      Function<ProgressListener, RunningSpark> starter,
      BiConsumer<RunningSpark, RuntimeException> onEnd) {
    SparkStart start = new SparkStart(starter, onEnd);
    start.thread.start();
    return start;
  }

  private synchronized void add(String line) {
    lines.add(line);
  }

  private synchronized List<String> linesFrom(int index) {
    return List.copyOf(lines.subList(index, lines.size()));
  }

  /** What it does now. */
  synchronized String lastLine() {
    return lines.isEmpty() ? "starting Spark" : lines.get(lines.size() - 1);
  }

  /**
   * Waits for its end.
   *
   * @param patience how long a step may take without the next one being told
   * @param listener told what was done so far and what is done from now on, on the caller's thread;
   *     a step that takes long is told again with its seconds
   * @throws KitsuneException why it failed, or {@code ENGINE_START_TIMEOUT}
   */
  RunningSpark await(Duration patience, ProgressListener listener) {
    int told = 0;
    long stepBegan = System.nanoTime();
    long lastTold = stepBegan;
    try {
      while (true) {
        List<String> news = linesFrom(told);
        news.forEach(listener::progress);
        told += news.size();
        long now = System.nanoTime();
        if (!news.isEmpty()) {
          stepBegan = now;
          lastTold = now;
        } else if (now - stepBegan > patience.toNanos()) {
          throw new KitsuneException(
              "ENGINE_START_TIMEOUT",
              "57014",
              "Spark is not up: %s has taken %d s. The start goes on; try again later."
                  .formatted(lastLine(), patience.toSeconds()));
        } else if (now - lastTold > REMINDER_NANOS) {
          listener.progress(
              lastLine() + ", " + TimeUnit.NANOSECONDS.toSeconds(now - stepBegan) + " s");
          lastTold = now;
        }
        try {
          return outcome.get(LINE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillStarting) {
          continue;
        }
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KitsuneException(
          "ENGINE_INTERRUPTED", "57014", "Interrupted while Spark was starting", e);
    }
  }

  /** Each waiter gets an exception of its own. */
  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof KitsuneException known) {
      return new KitsuneException(known.code(), known.sqlState(), known.getMessage(), known);
    }
    return new KitsuneException(
        "ENGINE_START_FAILED", "58000", "Spark can't be started: " + cause, cause);
  }

  /** Breaks it off, and waits for its end a while. */
  void cancel() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
