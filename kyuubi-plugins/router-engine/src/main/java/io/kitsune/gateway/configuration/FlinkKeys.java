// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Flink. */
@Describe("Where Flink comes from, and how long it stays.")
public interface FlinkKeys extends EngineLimitKeys {
  @Describe(
      "launch fetches Flink 2.3 with Iceberg and starts it; url connects to a SQL Gateway that runs already; off does without.")
  @WithDefault("launch")
  Mode mode();

  @Describe("http(s)://host:port of a SQL Gateway's REST endpoint, for the mode url.")
  Optional<String> url();

  @Describe(
      "Catalogs of that Flink, for the mode url: statements with a name of three parts that begins with one of them go there. Commas between.")
  Optional<List<String>> catalogs();

  @Describe(
      "A folder with further jars for a Flink that is started here: connectors and formats. Default: flink-libraries in kitsune.home.")
  Optional<Path> libraries();

  @Describe("How long Flink may take to be ready, downloads not counted.")
  @WithDefault("2m")
  Duration startTimeout();

  @Describe("How long a Flink that was started here is kept without a session and without a job.")
  @WithDefault("15m")
  Duration idleTimeout();

  @Describe("How long one call to its SQL Gateway may take.")
  @WithDefault("1m")
  Duration answerTimeout();

  @Describe(
      "How often a continuous INSERT makes what it wrote visible (execution.checkpointing.interval, where the session has not set it).")
  @WithDefault("10s")
  Duration checkpointInterval();

  @Describe("The Java 17 to start Flink with. Default: the gateway's own.")
  Optional<Path> javaHome();

  @Describe("Flink's heap.")
  @SizeBetween(least = "256MiB", most = "1TiB")
  @WithDefault("768MiB")
  MemorySize heap();

  @Describe(
      "Pipelines that run at the same time, continuous jobs among them; each may take 64 MiB beside the heap.")
  @Between(least = 1, most = 10_000)
  @WithDefault("16")
  int slots();

  @Override
  @Describe("Statements that wait for one of those to end; further ones fail at once.")
  @Between(least = 0, most = 1_000_000)
  @WithDefault("64")
  int maxQueued();

  /** Where Flink comes from. */
  enum Mode {
    /** Fetched and started. */
    LAUNCH,
    /** Running already. */
    URL,
    /** Not at all. */
    OFF
  }
}
