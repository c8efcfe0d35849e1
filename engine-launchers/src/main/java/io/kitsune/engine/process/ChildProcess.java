// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JVM of ours that dies with this one, however this one dies. Its output goes to a bounded log
 * whose end is quoted when it fails. Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
  private static final long LOG_BYTES = 10_000_000;
  private static final int QUOTED_LINES = 12;
  private static final Duration POLITE = Duration.ofSeconds(8);
  private static final Duration FORCED = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 50;
  private static final Path NICE = Path.of("/usr/bin/nice");
  private static final String RESIDENT = "VmRSS:";

  private final String name;
  private final Process process;
  private final RunFolder folder;
  private final ChildLog log;
  private final CompletableFuture<Integer> exit;

  private ChildProcess(String name, Process process, RunFolder folder, ChildLog log) {
    this.name = name;
    this.process = process;
    this.folder = folder;
    this.log = log;
    CompletableFuture<Void> drained = new CompletableFuture<>();
    Thread pump =
        new Thread(
            () -> {
              log.copy(process.getInputStream());
              drained.complete(null);
            },
            name + "-log");
    pump.setDaemon(true);
    pump.start();
    // A grandchild may hold the output open: the log's end is waited for, but not for ever.
    CompletableFuture<Void> logged = drained.completeOnTimeout(null, 30, TimeUnit.SECONDS);
    this.exit =
        process
            .onExit()
            .thenCombine(logged, (ended, nothing) -> ended.exitValue())
            .whenComplete((code, failure) -> folder.delete());
  }

  /**
   * Starts it; returns at once.
   *
   * @throws KitsuneException {@code ENGINE_START_FAILED} if there is no such Java, or the folder
   *     can't be written
   */
  public static ChildProcess start(JvmProgram program) {
    return start(program, folder -> {});
  }

  /** Writes files that the child wants to find in {@link JvmProgram#RUN_FOLDER}. */
  @FunctionalInterface
  public interface RunFiles {
    /**
     * Writes them.
     *
     * @param folder the run's private folder; only its owner may enter it
     */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * As the other method.
   *
   * @param files written before the child starts
   */
  public static ChildProcess start(JvmProgram program, RunFiles files) {
    return start(program, files, List.of());
  }

  /**
   * As the other methods, for something that nobody waits for: it takes what processor time the
   * others leave, where the system has {@code nice}.
   */
  public static ChildProcess startInBackground(JvmProgram program, RunFiles files) {
    return start(
        program,
        files,
        Files.isExecutable(NICE) ? List.of(NICE.toString(), "-n", "19") : List.of());
  }

  private static ChildProcess start(JvmProgram program, RunFiles files, List<String> prefix) {
    Path java = program.javaHome().resolve("bin").resolve("java");
    if (!Files.isExecutable(java)) {
      throw new KitsuneException(
          "ENGINE_START_FAILED",
          "58000",
          "%s can't be started: there is no executable %s. Name a Java 17 installation."
              .formatted(program.name(), java));
    }
    RunFolder folder = null;
    try {
      folder = RunFolder.create(program.folder());
      folder.writeArguments(program);
      files.writeTo(folder.path());
      List<String> command = new ArrayList<>(prefix);
      command.addAll(List.of(java.toString(), "@" + folder.argumentsFile()));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(program.folder().toFile())
              .redirectErrorStream(true);
      builder.environment().putAll(program.environment());
      Process process = builder.start();
      LOG.info("Started {} as process {}, log {}", program.name(), process.pid(), program.log());
      return new ChildProcess(
          program.name(), process, folder, new ChildLog(program.log(), LOG_BYTES));
    } catch (IOException e) {
      if (folder != null) {
        folder.delete();
      }
      throw new KitsuneException(
          "ENGINE_START_FAILED",
          "58000",
          "%s can't be started in %s: %s".formatted(program.name(), program.folder(), e),
          e);
    }
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Its memory that is in the machine's, where the system has {@code /proc}; else empty. */
  public OptionalLong residentBytes() {
    Path status = Path.of("/proc", Long.toString(pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      // "VmRSS:      123456 kB"
      return lines
          .filter(line -> line.startsWith(RESIDENT))
          .map(line -> line.substring(RESIDENT.length(), line.length() - " kB".length()).strip())
          .mapToLong(kilobytes -> Long.parseLong(kilobytes) << 10)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} does not say what memory it takes", name, e);
      return OptionalLong.empty();
    }
  }

  /** Whether it runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Completes with the exit code once it has ended and its log is written. */
  public CompletableFuture<Integer> exit() {
    return exit.copy();
  }

  /** Where its output goes. */
  public Path log() {
    return log.file();
  }

  /** The end of its output, a few lines. */
  public List<String> lastLines() {
    return log.lastLines(QUOTED_LINES);
  }

  /** Whether it runs or with which code it ended, its log's place, and the log's end. */
  public String obituary() {
    String state =
        process.isAlive()
            ? "is running (process " + process.pid() + ")"
            : "ended with exit code " + process.exitValue();
    return "%s %s; the end of its log %s:%n%s"
        .formatted(name, state, log.file(), String.join(System.lineSeparator(), lastLines()));
  }

  /**
   * Waits until {@code ready} says so, and stops the child if it never does.
   *
   * @throws KitsuneException {@code ENGINE_START_FAILED} if it ends before, {@code
   *     ENGINE_START_TIMEOUT} after {@code limit}; both quote the log
   */
  public void awaitReady(Duration limit, BooleanSupplier ready) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (!ready.getAsBoolean()) {
        if (!process.isAlive()) {
          awaitLog();
          throw new KitsuneException("ENGINE_START_FAILED", "58000", "Not started: " + obituary());
        }
        if (System.nanoTime() - deadline >= 0) {
          throw new KitsuneException(
              "ENGINE_START_TIMEOUT",
              "57014",
              "%s was not ready after %d s and is stopped: %s"
                  .formatted(name, limit.toSeconds(), obituary()));
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      folder.forgetArguments();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new KitsuneException(
          "ENGINE_INTERRUPTED", "57014", "Interrupted while " + name + " was starting", e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Waits until it ends by itself, and stops it if it does not.
   *
   * @throws KitsuneException {@code ENGINE_START_FAILED} unless it ends with exit code 0, {@code
   *     ENGINE_START_TIMEOUT} after {@code limit}; both quote the log
   */
  public void awaitSuccess(Duration limit) {
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (ended && process.exitValue() == 0) {
        return;
      }
      if (ended) {
        awaitLog();
        throw new KitsuneException("ENGINE_START_FAILED", "58000", "Failed: " + obituary());
      }
      throw new KitsuneException(
          "ENGINE_START_TIMEOUT",
          "57014",
          "%s did not end within %d s and is stopped: %s"
              .formatted(name, limit.toSeconds(), obituary()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KitsuneException(
          "ENGINE_INTERRUPTED", "57014", "Interrupted while " + name + " was running", e);
    } finally {
      close();
    }
  }

  /** Ends it at once, whatever it does; returns without waiting. */
  public void kill() {
    process.destroyForcibly();
  }

  private void awaitLog() throws InterruptedException {
    exit.copy().completeOnTimeout(-1, 2, TimeUnit.SECONDS).join();
  }

  /**
   * Asks it to stop, forces it after eight seconds. Returns when it and its private folder are
   * gone; idempotent.
   */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(POLITE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} (process {}) does not stop; killing it", name, process.pid());
        process.destroyForcibly();
        if (!process.waitFor(FORCED.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.error("{} (process {}) can't be killed", name, process.pid());
          return;
        }
      }
      var unused =
          exit.copy().completeOnTimeout(-1, FORCED.toMillis(), TimeUnit.MILLISECONDS).get();
    } catch (ExecutionException e) {
      LOG.warn("What {} left could not be cleared away", name, e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
