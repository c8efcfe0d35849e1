// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.router.Engine;
import io.kitsune.router.SessionState;
import io.kitsune.router.Veto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which of the session's {@code spark.sql.} keys leave a query's meaning as the allow-lists know
 * it. A key that is on neither list is a veto: it may change anything.
 */
final class SessionKeys {
  /** Keys that only say how Spark goes about it. */
  private static final Set<String> HARMLESS =
      Set.of(
          "spark.sql.shuffle.partitions",
          "spark.sql.autobroadcastjointhreshold",
          "spark.sql.broadcasttimeout",
          "spark.sql.files.maxpartitionbytes",
          "spark.sql.files.opencostinbytes",
          "spark.sql.cbo.enabled",
          "spark.sql.execution.arrow.pyspark.enabled",
          "spark.sql.catalogimplementation",
          "spark.sql.warehouse.dir",
          "spark.sql.session.timezone",
          "spark.sql.thriftserver.scheduler.pool",
          "spark.sql.thriftserver.ui.retainedstatements",
          "spark.sql.extensions",
          "spark.sql.inmemorycolumnarstorage.compressed",
          "spark.sql.inmemorycolumnarstorage.batchsize",
          "spark.sql.parquet.compression.codec",
          "spark.sql.parquet.filterpushdown",
          "spark.sql.parquet.enablevectorizedreader");

  private static final List<String> HARMLESS_PREFIXES =
      List.of(
          "spark.sql.adaptive.",
          "spark.sql.hive.metastore.",
          "spark.sql.catalog.",
          "spark.sql.ui.");

  /** Keys with the one value that the lists were made for, Spark's default. */
  private static final Map<String, String> REQUIRED =
      Map.ofEntries(
          Map.entry("spark.sql.ansi.enabled", "false"),
          Map.entry("spark.sql.casesensitive", "false"),
          Map.entry("spark.sql.decimaloperations.allowprecisionloss", "true"),
          Map.entry("spark.sql.groupbyordinal", "true"),
          Map.entry("spark.sql.orderbyordinal", "true"),
          Map.entry("spark.sql.groupbyaliases", "true"),
          Map.entry("spark.sql.parser.escapedstringliterals", "false"),
          Map.entry("spark.sql.crossjoin.enabled", "true"),
          Map.entry("spark.sql.storeassignmentpolicy", "ansi"));

  private SessionKeys() {}

  /** A veto for each key that is set so that the meaning may be another. */
  static List<Veto> vetoes(Engine engine, Map<String, String> configuration) {
    List<Veto> vetoes = new ArrayList<>();
    new TreeMap<>(configuration)
        .forEach(
            (key, value) -> {
              if (!isHarmless(key.toLowerCase(Locale.ROOT), value)) {
                vetoes.add(
                    new Veto(
                        engine,
                        key,
                        Veto.Position.NONE,
                        "With " + key + "=" + value + " the meaning is not known to be the same."));
              }
            });
    return vetoes;
  }

  private static boolean isHarmless(String key, String value) {
    if (key.equals(SessionState.TEMPORARY_FUNCTIONS)) {
      // One of them may have taken the name of a built-in function.
      return false;
    }
    if (!key.startsWith("spark.sql.")) {
      return true;
    }
    String required = REQUIRED.get(key);
    if (required != null) {
      return required.equalsIgnoreCase(value.strip());
    }
    return HARMLESS.contains(key) || HARMLESS_PREFIXES.stream().anyMatch(key::startsWith);
  }
}
