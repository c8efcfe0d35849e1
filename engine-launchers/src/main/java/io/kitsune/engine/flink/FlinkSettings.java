// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How Flink is reached or started.
 *
 * @param source where it comes from
 * @param folder where a Flink started here keeps its tables, jobs, checkpoints, log and temporary
 *     files; what it keeps there may hold secrets that statements named
 * @param libraries a folder of further jars (connectors, formats) for its class path; it need not
 *     exist
 * @param javaHome the Java to start it with: 17
 * @param heapMegabytes its heap
 * @param slots how many pipelines it runs at the same time
 * @param catalogs those that it shares with the other engines
 * @param configuration Flink's own keys ({@code table.…}, {@code execution.…}), stronger than what
 *     is set here by default; not for an endpoint
 * @param limits how long
 */
public record FlinkSettings(
    FlinkSource source,
    Path folder,
    Path libraries,
    Path javaHome,
    int heapMegabytes,
    int slots,
    FlinkCatalogs catalogs,
    Map<String, String> configuration,
    Limits limits) {
  public FlinkSettings {
    requireNonNull(source, "source");
    folder = folder.toAbsolutePath();
    libraries = libraries.toAbsolutePath();
    requireNonNull(javaHome, "javaHome");
    if (heapMegabytes < 256) {
      throw new IllegalArgumentException("Flink needs 256 MB of heap, not " + heapMegabytes);
    }
    if (slots < 1) {
      throw new IllegalArgumentException("not a number of slots: " + slots);
    }
    requireNonNull(catalogs, "catalogs");
    configuration = Map.copyOf(configuration);
    requireNonNull(limits, "limits");
  }

  /**
   * How long.
   *
   * @param start how long Flink may take to be ready, downloads not counted
   * @param idle how long a Flink started here is kept without a session and without a job
   * @param answer how long one call to its SQL Gateway may take
   * @param checkpoints how often a continuous INSERT makes what it wrote visible, and how much of
   *     its work a restart repeats
   */
  public record Limits(Duration start, Duration idle, Duration answer, Duration checkpoints) {
    /** Two minutes to start, 15 idle, one for an answer; a checkpoint every ten seconds. */
    public static final Limits DEFAULT =
        new Limits(
            Duration.ofMinutes(2),
            Duration.ofMinutes(15),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10));

    public Limits {
      for (Duration duration : new Duration[] {start, idle, answer, checkpoints}) {
        if (duration.isNegative() || duration.isZero()) {
          throw new IllegalArgumentException("not a positive duration: " + duration);
        }
      }
    }
  }
}
