// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.supply;

import io.kitsune.engine.ProgressListener;
import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** One attempt to start a server, on a thread of its own; many may wait for it. */
final class ServerStart<A> {
  private static final long LINE_MILLIS = 100;
  private static final long REMINDER_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long CLOSE_SECONDS = 30;

  private final CompletableFuture<RunningServer<A>> outcome = new CompletableFuture<>();
  private final List<String> lines = new ArrayList<>();
  private final String name;
  private final Thread thread;

  private ServerStart(
      String name,
      Function<ProgressListener, RunningServer<A>> starter,
      BiConsumer<RunningServer<A>, RuntimeException> onEnd) {
    this.name = name;
    this.thread =
        new Thread(
            () -> {
              try {
                RunningServer<A> server = starter.apply(this::add);
                onEnd.accept(server, null);
                outcome.complete(server);
              } catch (Throwable e) {
                // An Error too: whoever waits must not wait for a thread that is gone.
                RuntimeException failure = failure(e);
                onEnd.accept(null, failure);
                outcome.completeExceptionally(failure);
              }
            },
            name.toLowerCase(Locale.ROOT) + "-start");
    thread.setDaemon(true);
  }

  /**
   * Begins.
   *
   * @param name the engine's, as users know it
   * @param onEnd told the running server, or why there is none, before anybody who waits is
   */
  static <A> ServerStart<A> begin(
      String name,
      Function<ProgressListener, RunningServer<A>> starter,
      BiConsumer<RunningServer<A>, RuntimeException> onEnd) {
    ServerStart<A> start = new ServerStart<>(name, starter, onEnd);
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
    return lines.isEmpty() ? "starting " + name : lines.get(lines.size() - 1);
  }

  /**
   * Waits for its end.
   *
   * @param patience how long a step may take without the next one being told
   * @param listener told what was done so far and what is done from now on, on the caller's thread;
   *     a step that takes long is told again with its seconds
   * @throws KitsuneException why it failed, or {@code ENGINE_START_TIMEOUT}
   */
  RunningServer<A> await(Duration patience, ProgressListener listener) {
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
              "%s is not up: %s has taken %d s. The start goes on; try again later."
                  .formatted(name, lastLine(), patience.toSeconds()));
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
          "ENGINE_INTERRUPTED", "57014", "Interrupted while " + name + " was starting", e);
    }
  }

  /** Each waiter gets an exception of its own. */
  private RuntimeException failure(Throwable cause) {
    if (cause instanceof KitsuneException known) {
      return new KitsuneException(known.code(), known.sqlState(), known.getMessage(), known);
    }
    return new KitsuneException(
        "ENGINE_START_FAILED", "58000", name + " can't be started: " + cause, cause);
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
