// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How Spark is reached or started.
 *
 * @param source where it comes from
 * @param folder where a Spark started here keeps its log and temporary files
 * @param warehouse the folder of managed tables
 * @param javaHome the Java to start it with: 17, which Spark 3.5 wants
 * @param heapMegabytes its heap, driver and executors in one
 * @param metastore where it finds the Hive Metastore
 * @param configuration Spark's own keys ({@code spark.sql.catalog.lake…}), stronger than what is
 *     set here by default; not for an endpoint
 * @param limits how long and how much
 */
public record SparkSettings(
    SparkSource source,
    Path folder,
    Path warehouse,
    Path javaHome,
    int heapMegabytes,
    MetastoreAddress metastore,
    Map<String, String> configuration,
    Limits limits) {
  public SparkSettings {
    requireNonNull(source, "source");
    folder = folder.toAbsolutePath();
    warehouse = warehouse.toAbsolutePath();
    requireNonNull(javaHome, "javaHome");
    if (heapMegabytes < 256) {
      throw new IllegalArgumentException("Spark needs 256 MB of heap, not " + heapMegabytes);
    }
    requireNonNull(metastore, "metastore");
    configuration = Map.copyOf(configuration);
    requireNonNull(limits, "limits");
  }

  /**
   * How long and how much.
   *
   * @param start how long Spark may take to be ready, downloads not counted
   * @param idle how long a Spark started here is kept without a session
   * @param answer how long one call to its Thrift server may take
   * @param fetchRows how many rows are fetched at once at most, whatever the client asks for
   * @param fetchBytes how large a row set is to be about; a single row may be larger
   */
  public record Limits(
      Duration start, Duration idle, Duration answer, int fetchRows, int fetchBytes) {
    /** Two minutes to start, 15 idle, 5 for an answer; 10,000 rows or 16 MiB at once. */
    public static final Limits DEFAULT =
        new Limits(
            Duration.ofMinutes(2), Duration.ofMinutes(15), Duration.ofMinutes(5), 10_000, 16 << 20);

    public Limits {
      for (Duration duration : new Duration[] {start, idle, answer}) {
        if (duration.isNegative() || duration.isZero()) {
          throw new IllegalArgumentException("not a positive duration: " + duration);
        }
      }
      if (fetchRows < 1 || fetchBytes < 1) {
        throw new IllegalArgumentException(
            "not a positive limit: " + fetchRows + " rows, " + fetchBytes + " bytes");
      }
    }
  }
}
