// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.catalog.Catalogs;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.flink.FlinkGrammar;
import io.kitsune.engine.flink.FlinkNames;
import io.kitsune.engine.flink.FlinkSettings;
import io.kitsune.engine.flink.FlinkSource;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.gateway.configuration.FlinkKeys;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.router.FlinkTables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How Flink is made, and what only it has.
 *
 * @param names of tables in its own catalogs
 * @param grammar of texts that only it reads; whoever uses it closes it
 */
record FlinkParts(FlinkSettings settings, FlinkTables names, FlinkGrammar grammar) {
  private static final String SPARK = "spark.sql.catalog.";

  /** What the router has to know of it. */
  FlinkTables tables() {
    return FlinkNames.readBy(grammar, names);
  }

  /** Empty where Flink is switched off. */
  static Optional<FlinkParts> of(KitsuneConfiguration settings, Lake lake, Artifacts artifacts) {
    FlinkKeys keys = settings.flink();
    FlinkGrammar grammar = new FlinkGrammar(artifacts);
    return switch (keys.mode()) {
      case OFF -> Optional.empty();
      case URL ->
          Optional.of(
              new FlinkParts(
                  settings(settings, settings.flinkEndpoint(), lake),
                  FlinkNames.ofCatalogs(Set.copyOf(keys.catalogs().orElse(List.of()))),
                  grammar));
      case LAUNCH -> {
        FlinkSettings made = settings(settings, new FlinkSource.Download(artifacts), lake);
        yield Optional.of(
            new FlinkParts(
                made, FlinkNames.ofFolder(made.folder(), shared(lake).keySet()), grammar));
      }
    };
  }

  private static FlinkSettings settings(
      KitsuneConfiguration settings, FlinkSource source, Lake lake) {
    FlinkKeys keys = settings.flink();
    return new FlinkSettings(
        source,
        settings.home().resolve("flink"),
        keys.libraries().orElse(settings.home().resolve("flink-libraries")),
        keys.javaHome().orElseGet(JvmProgram::currentJavaHome),
        (int) (keys.heap().bytes(0) >> 20),
        keys.slots(),
        listener -> catalogs(lake, listener),
        settings.flinkConfiguration(),
        new FlinkSettings.Limits(
            keys.startTimeout(),
            keys.idleTimeout(),
            keys.answerTimeout(),
            keys.checkpointInterval()));
  }

  /** Iceberg's catalogs for Flink, by name, the session catalog's Metastore started. */
  private static Map<String, Map<String, String>> catalogs(Lake lake, ProgressListener listener) {
    Map<String, Map<String, String>> catalogs = shared(lake);
    lake.metastore()
        .uris(listener)
        .ifPresent(uris -> catalogs.get(Catalogs.SESSION_CATALOG).put("uri", uris));
    return catalogs;
  }

  /** What Iceberg wants to know of a catalog is the same in Flink as in Spark, but for its type. */
  private static Map<String, Map<String, String>> shared(Lake lake) {
    Map<String, Map<String, String>> catalogs = new TreeMap<>();
    Map<String, String> session = new TreeMap<>();
    session.put("type", "iceberg");
    session.put("catalog-type", "hive");
    session.put("warehouse", lake.warehouse().toString());
    catalogs.put(Catalogs.SESSION_CATALOG, session);
    SparkCatalogs.settings(lake.configuration())
        .forEach(
            (key, value) -> {
              String name = key.substring(SPARK.length());
              int dot = name.indexOf('.');
              if (dot < 0) {
                catalogs.computeIfAbsent(name, unseen -> new TreeMap<>()).put("type", "iceberg");
              } else {
                String option = name.substring(dot + 1);
                catalogs
                    .computeIfAbsent(name.substring(0, dot), unseen -> new TreeMap<>())
                    .put(option.equals("type") ? "catalog-type" : option, value);
              }
            });
    return catalogs;
  }
}
