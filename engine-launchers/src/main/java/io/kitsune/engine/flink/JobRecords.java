// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The continuous jobs that have to run, one file for each, and where Flink keeps their state.
 * Thread-safe.
 */
final class JobRecords {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SUFFIX = ".json";
  private static final String CHECKPOINT = "chk-";

  private final Path jobs;
  private final Path checkpoints;

  JobRecords(FlinkFolder folder) {
    this.jobs = folder.jobs();
    this.checkpoints = folder.checkpoints();
  }

  /** Where they are. */
  Path folder() {
    return jobs;
  }

  /** All of them. */
  synchronized List<ContinuousJob> all() {
    if (!Files.isDirectory(jobs)) {
      return List.of();
    }
    List<ContinuousJob> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(jobs)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList()) {
        all.add(JSON.readValue(file.toFile(), ContinuousJob.class));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + jobs + " can't be read", e);
    }
    return all;
  }

  /** Keeps it; it survives whatever happens to this process from here on. */
  synchronized void add(ContinuousJob job) {
    try {
      Files.createDirectories(jobs);
      Path aside = Files.createTempFile(jobs, "new", ".part");
      JSON.writeValue(aside.toFile(), job);
      Files.move(aside, file(job.id()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + jobs + " can't be written", e);
    }
  }

  synchronized void remove(String id) {
    try {
      Files.deleteIfExists(file(id));
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + jobs + " can't be written", e);
    }
  }

  private Path file(String id) {
    return jobs.resolve(id + SUFFIX);
  }

  /** The job's last complete checkpoint; empty if it has none yet. */
  Optional<Path> lastCheckpoint(String id) {
    Path folder = checkpoints.resolve(id);
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          // Flink writes this file last.
          .filter(path -> number(path) >= 0 && Files.exists(path.resolve("_metadata")))
          .max(Comparator.comparingLong(JobRecords::number));
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " can't be read", e);
    }
  }

  private static long number(Path checkpoint) {
    String name = checkpoint.getFileName().toString();
    if (!name.startsWith(CHECKPOINT)) {
      return -1;
    }
    try {
      return Long.parseLong(name.substring(CHECKPOINT.length()));
    } catch (NumberFormatException somethingElse) {
      return -1;
    }
  }
}
