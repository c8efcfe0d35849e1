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
          "Spark's own configuration, for a Spark that is started here: stronger than what the gateway sets. With the URL of a"
              + " Kyuubi, keys for every session there, Kyuubi's and Spark's; a client's own are stronger.",
          List.of("kitsune.spark.conf.spark.sql.shuffle.partitions=8"));

  static final KeyFamily GROUPS =
      new KeyFamily(
          "kitsune.groups.",
          "kitsune.groups.<group>",
          "The members of a group, users with commas between, for the rules of a policy.",
          List.of("kitsune.groups.analysts=ann, bob"));

  static final KeyFamily TRINO_CATALOGS =
      new KeyFamily(
          "kitsune.trino.catalog-mapping.",
          "kitsune.trino.catalog-mapping.<catalog>.hive|iceberg",
          "For kitsune.trino.mode=url: the cluster's catalog that reads the Hive or the Iceberg tables of a catalog of"
              + " Kitsune's. What has none stays on other engines. A Trino that is started here needs no mapping.",
          List.of(
              "kitsune.trino.catalog-mapping.spark_catalog.hive=hive",
              "kitsune.trino.catalog-mapping.spark_catalog.iceberg=iceberg"));

  static final KeyFamily TRINO_SESSION =
      new KeyFamily(
          "kitsune.trino.session.",
          "kitsune.trino.session.<property>",
          "Session properties for the cluster of kitsune.trino.url, of the system or of a catalog (catalog.property).",
          List.of("kitsune.trino.session.query_max_run_time=1h"));

  static final KeyFamily TRINO_ROLES =
      new KeyFamily(
          "kitsune.trino.role.",
          "kitsune.trino.role.<catalog>",
          "The role to have in a catalog of the cluster of kitsune.trino.url; system for its system roles.",
          List.of("kitsune.trino.role.hive=analyst"));

  static final KeyFamily TRINO_CREDENTIALS =
      new KeyFamily(
          "kitsune.trino.extra-credential.",
          "kitsune.trino.extra-credential.<name>",
          "Extra credentials that connectors of the cluster of kitsune.trino.url want, by reference.",
          List.of("kitsune.trino.extra-credential.token=file:/etc/kitsune/token"));

  static final KeyFamily FLINK_CONFIGURATION =
      new KeyFamily(
          "kitsune.flink.conf.",
          "kitsune.flink.conf.<key>",
          "Flink's own configuration, for a Flink that is started here; stronger than what the gateway sets.",
          List.of("kitsune.flink.conf.parallelism.default=2"));

  static final List<KeyFamily> ALL =
      List.of(
          CATALOGS,
          SPARK_CONFIGURATION,
          TRINO_CATALOGS,
          TRINO_SESSION,
          TRINO_ROLES,
          TRINO_CREDENTIALS,
          FLINK_CONFIGURATION,
          GROUPS);

  boolean has(String key) {
    return key.startsWith(prefix) && key.length() > prefix.length();
  }
}
