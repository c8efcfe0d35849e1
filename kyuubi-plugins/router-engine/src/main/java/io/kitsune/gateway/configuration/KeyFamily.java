// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import java.util.List;

/**
 * Keys whose names are not known beforehand: another part of the gateway reads them.
 *
 * @param prefix what their names begin with
 * @param pattern the whole name, for the operator
 * @param description for the operator
 * @param examples lines of a properties file
 */
record KeyFamily(String prefix, String pattern, String description, List<String> examples) {
  static final KeyFamily CATALOGS =
      new KeyFamily(
          "kitsune.catalog.",
          "kitsune.catalog.<name>.<property>",
          "A catalog: its type (hive, iceberg-hive or iceberg-rest) and that type's own properties. spark_catalog is"
              + " the Hive Metastore; where it is not configured, the gateway is a lake by itself, with a Metastore"
              + " and a warehouse under kitsune.home.",
          List.of(
              "kitsune.catalog.spark_catalog.type=hive",
              "kitsune.catalog.spark_catalog.uri=thrift://127.0.0.1:9083",
              "kitsune.catalog.lake.type=iceberg-rest",
              "kitsune.catalog.lake.uri=http://127.0.0.1:8181",
              "kitsune.catalog.lake.token=env:LAKE_TOKEN",
              "kitsune.catalog.lake.allowed-locations=s3://bucket/lake"));

  static final KeyFamily SPARK_CONFIGURATION =
      new KeyFamily(
          "kitsune.spark.conf.",
          "kitsune.spark.conf.<key>",
          "Spark's own configuration, for a Spark that is started here; stronger than what the gateway sets.",
          List.of("kitsune.spark.conf.spark.sql.shuffle.partitions=8"));

  static final List<KeyFamily> ALL = List.of(CATALOGS, SPARK_CONFIGURATION);

  boolean has(String key) {
    return key.startsWith(prefix) && key.length() > prefix.length();
  }
}
