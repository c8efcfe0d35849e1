// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the router takes engines to cost. */
@Describe(
    "What the router takes engines to cost when it predicts how long a statement would run on each: the sum of start-up where an engine is cold, something for the statement, and something for each file, byte and row that is scanned. The defaults were measured on two cores with local files; a Spark with more cores, or a store further away, wants other figures.")
public interface CostKeys {
  @Describe("Until a cold DuckDB has answered its first statement.")
  @WithDefault("1200ms")
  Duration duckdbStart();

  @Describe("What any statement costs on DuckDB.")
  @Shortest("1us")
  @WithDefault("15ms")
  Duration duckdbStatement();

  @Describe("What opening a file costs DuckDB.")
  @Shortest("1us")
  @WithDefault("300us")
  Duration duckdbFile();

  @Describe("What DuckDB reads in a second, of the columns a statement needs, as stored.")
  @SizeBetween(least = "1KiB", most = "1TiB")
  @WithDefault("300MiB")
  MemorySize duckdbBytesPerSecond();

  @Describe("Rows that DuckDB scans in a second.")
  @Between(least = 1)
  @WithDefault("20000000")
  int duckdbRowsPerSecond();

  @Describe("Until a cold Trino has answered its first statement.")
  @WithDefault("25s")
  Duration trinoStart();

  @Describe("What any statement costs on Trino.")
  @Shortest("1us")
  @WithDefault("150ms")
  Duration trinoStatement();

  @Describe("What opening a file costs Trino.")
  @Shortest("1us")
  @WithDefault("2ms")
  Duration trinoFile();

  @Describe("What Trino reads in a second, of the columns a statement needs, as stored.")
  @SizeBetween(least = "1KiB", most = "1TiB")
  @WithDefault("150MiB")
  MemorySize trinoBytesPerSecond();

  @Describe("Rows that Trino scans in a second.")
  @Between(least = 1)
  @WithDefault("10000000")
  int trinoRowsPerSecond();

  @Describe("Until a cold Spark has answered its first statement.")
  @WithDefault("11s")
  Duration sparkStart();

  @Describe("What any statement costs on Spark.")
  @Shortest("1us")
  @WithDefault("250ms")
  Duration sparkStatement();

  @Describe("What opening a file costs Spark.")
  @Shortest("1us")
  @WithDefault("2ms")
  Duration sparkFile();

  @Describe("What Spark reads in a second, of the columns a statement needs, as stored.")
  @SizeBetween(least = "1KiB", most = "1TiB")
  @WithDefault("100MiB")
  MemorySize sparkBytesPerSecond();

  @Describe("Rows that Spark scans in a second.")
  @Between(least = 1)
  @WithDefault("8000000")
  int sparkRowsPerSecond();

  @Describe("Until a cold Flink has answered its first statement.")
  @WithDefault("25s")
  Duration flinkStart();

  @Describe("What any statement costs on Flink.")
  @Shortest("1us")
  @WithDefault("500ms")
  Duration flinkStatement();

  @Describe("What opening a file costs Flink.")
  @Shortest("1us")
  @WithDefault("3ms")
  Duration flinkFile();

  @Describe("What Flink reads in a second, of the columns a statement needs, as stored.")
  @SizeBetween(least = "1KiB", most = "1TiB")
  @WithDefault("60MiB")
  MemorySize flinkBytesPerSecond();

  @Describe("Rows that Flink scans in a second.")
  @Between(least = 1)
  @WithDefault("4000000")
  int flinkRowsPerSecond();

  @Describe(
      "Whether predictions are corrected by how long statements took lately, as the history has it: of the same statement on the same engine, or else of others. Without it, or without kitsune.history.enabled, the constants alone count.")
  @WithDefault("true")
  boolean learn();

  @Describe(
      "After so long a past run counts half for the corrections. An engine that was slow is tried again when that has faded: the shorter, the sooner and the more often.")
  @Shortest("1m")
  @WithDefault("1d")
  Duration halfLife();

  @Describe("What a scan of unknown size is taken for.")
  @SizeBetween(least = "1KiB", most = "1TiB")
  @WithDefault("1GiB")
  MemorySize unknownSize();
}
