// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What DuckDB may use of the gateway's machine.
 *
 * @param memoryLimitBytes for all statements together; sorts, joins and aggregates beyond it go to
 *     the temporary directory, or fail with {@code ENGINE_OUT_OF_MEMORY}
 * @param threads for all statements together
 * @param temporaryDirectory where a folder of this process's own is made, and removed at the end
 * @param maxTemporaryBytes beyond it a statement fails with {@code
 *     ENGINE_TEMPORARY_SPACE_EXHAUSTED}
 * @param allowedDirectories absolute; outside of them nothing is opened whatever a statement says
 * @param maxRunning statements that compute at the same time
 * @param maxOpen statements not yet closed: running, waiting, or with rows still to be fetched
 * @param closeTimeout how long closing waits for DuckDB to let go of a statement
 */
public record DuckDbSettings(
    long memoryLimitBytes,
    int threads,
    Path temporaryDirectory,
    long maxTemporaryBytes,
    List<Path> allowedDirectories,
    int maxRunning,
    int maxOpen,
    Duration closeTimeout) {
  /** Less than this and DuckDB cannot hold the buffers of its own threads. */
  private static final long SMALLEST_MEMORY = 64L << 20;

  public DuckDbSettings {
    requireNonNull(temporaryDirectory, "temporaryDirectory");
    allowedDirectories = List.copyOf(allowedDirectories);
    requireNonNull(closeTimeout, "closeTimeout");
    require(memoryLimitBytes >= SMALLEST_MEMORY, "memory limit", memoryLimitBytes);
    require(threads >= 1, "number of threads", threads);
    require(maxTemporaryBytes >= 0, "cap of the temporary directory", maxTemporaryBytes);
    require(maxRunning >= 1, "number of running statements", maxRunning);
    require(maxOpen >= maxRunning, "number of open statements", maxOpen);
    require(
        allowedDirectories.stream().allMatch(Path::isAbsolute),
        "list of allowed directories (they must be absolute)",
        allowedDirectories);
  }

  /**
   * A quarter of the machine's memory, all of its processors, every directory (the check of each
   * statement's files remains).
   *
   * @param temporaryDirectory as above
   */
  public static DuckDbSettings defaults(Path temporaryDirectory) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new DuckDbSettings(
        Math.max(SMALLEST_MEMORY, MachineMemory.bytes() / 4),
        processors,
        temporaryDirectory,
        32L << 30,
        List.of(Path.of("/")),
        Math.max(4, 2 * processors),
        1_024,
        Duration.ofSeconds(10));
  }

  private static void require(boolean valid, String what, Object value) {
    if (!valid) {
      throw new IllegalArgumentException("DuckDB: the %s cannot be %s".formatted(what, value));
    }
  }
}
