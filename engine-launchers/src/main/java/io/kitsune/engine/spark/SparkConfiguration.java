// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import static io.kitsune.engine.process.JvmProgram.RUN_FOLDER;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Spark's own keys for a Spark that is started here. */
final class SparkConfiguration {
  private static final String SESSION_CATALOG = "spark.sql.catalog.spark_catalog";

  private SparkConfiguration() {}

  /**
   * What is set by default, overridden by the settings' configuration.
   *
   * @param metastore the Metastore's URIs, if there is one
   */
  static Map<String, String> of(SparkSettings settings, Optional<String> metastore) {
    Map<String, String> keys = new TreeMap<>();
    keys.put("spark.app.name", "kitsune");
    keys.put("spark.master", "local[*]");
    keys.put("spark.driver.host", "127.0.0.1");
    keys.put("spark.driver.bindAddress", "127.0.0.1");
    keys.put("spark.ui.enabled", "false");
    keys.put("spark.ui.showConsoleProgress", "false");
    keys.put("spark.local.dir", RUN_FOLDER + "/tmp");
    // Of the default 200, nearly all are empty on one machine.
    keys.put(
        "spark.sql.shuffle.partitions",
        Integer.toString(4 * Runtime.getRuntime().availableProcessors()));
    keys.put(
        "spark.sql.extensions",
        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
    keys.put("spark.sql.warehouse.dir", settings.warehouse().toUri().toString());
    // Hive's own rule against INSERT with partition values from the query has no use here.
    keys.put("spark.hadoop.hive.exec.dynamic.partition.mode", "nonstrict");
    keys.put("spark.hadoop.hive.exec.scratchdir", RUN_FOLDER + "/scratch");
    // Every session that ends looks for files in it, and complains if it is not there.
    keys.put("spark.hadoop.hive.exec.local.scratchdir", RUN_FOLDER + "/tmp");
    // Each session makes its own and deletes it; of two that make the same one, one would fail.
    keys.put(
        "spark.hadoop.hive.downloaded.resources.dir",
        RUN_FOLDER + "/tmp/${hive.session.id}_resources");
    keys.put(SESSION_CATALOG, "org.apache.iceberg.spark.SparkSessionCatalog");
    if (metastore.isPresent()) {
      keys.put("spark.sql.catalogImplementation", "hive");
      keys.put("spark.hadoop.hive.metastore.uris", metastore.get());
      keys.put(SESSION_CATALOG + ".type", "hive");
      // Sooner than the embedded Metastore takes a commit's lock from a silent client.
      keys.put("spark.hadoop.iceberg.hive.lock-heartbeat-interval-ms", "10000");
    } else {
      inMemory(keys, settings);
    }
    keys.putAll(settings.configuration());
    return keys;
  }

  private static void inMemory(Map<String, String> keys, SparkSettings settings) {
    keys.put("spark.sql.catalogImplementation", "in-memory");
    keys.put(SESSION_CATALOG + ".type", "hadoop");
    keys.put(SESSION_CATALOG + ".warehouse", settings.warehouse().toUri().toString());
    // Else the first session to be closed boots a Metastore of its own, for 6 to 12 seconds.
    keys.put("spark.hadoop.hive.metastore.uris", "thrift://127.0.0.1:1");
    keys.put("spark.hadoop.hive.metastore.connect.retries", "1");
    keys.put("spark.hadoop.hive.metastore.failure.retries", "0");
    keys.put("spark.hadoop.hive.metastore.client.connect.retry.delay", "0");
  }
}
