// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** DuckDB. */
@Describe("What DuckDB may use of the gateway's machine.")
public interface DuckDbKeys extends EngineLimitKeys {
  @Describe(
      "Memory for all statements together, as a size or a share of the machine's; at least 64MiB. Sorts, joins and aggregates beyond it go to the temporary directory.")
  @WithDefault("25%")
  MemorySize memoryLimit();

  @Describe("Threads for all statements together; 0 takes one for each processor.")
  @Between(least = 0, most = 10_000)
  @WithDefault("0")
  int threads();

  @Describe(
      "Where each gateway makes a folder of its own for what exceeds the memory limit. Default: duckdb-tmp in kitsune.home.")
  Optional<Path> tempDirectory();

  @Describe("What the temporary directory may hold; beyond it a statement fails.")
  @WithDefault("32GiB")
  MemorySize maxTempDirectorySize();

  @Describe(
      "Directories outside of which no file is opened, whatever a statement says; commas between.")
  @WithDefault("/")
  List<Path> allowedDirectories();

  @Override
  @Describe(
      "Statements that compute at the same time; 0 takes two for each processor, and at least four.")
  @Between(least = 0, most = 10_000)
  @WithDefault("0")
  int maxRunning();

  @Override
  @Describe("Statements that wait for one of those to end; further ones fail at once.")
  @Between(least = 1, most = 1_000_000)
  @WithDefault("256")
  int maxQueued();

  @Override
  @Describe("How long a statement waits for its turn before it fails.")
  @WithDefault("60s")
  Duration queueTimeout();

  @Describe("Statements not yet closed: running, waiting, or with rows still to be fetched.")
  @Between(least = 1, most = 1_000_000)
  @WithDefault("1024")
  int maxOpen();
}
