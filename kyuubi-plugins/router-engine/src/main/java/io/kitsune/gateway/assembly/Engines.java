// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.duckdb.DuckDbLauncher;
import io.kitsune.engine.flink.FlinkLauncher;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.engine.health.WatchedEngine;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.spark.SparkLauncher;
import io.kitsune.engine.spark.SparkSettings;
import io.kitsune.engine.spark.SparkSource;
import io.kitsune.engine.thrift.Authentication;
import io.kitsune.engine.trino.TrinoLauncher;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.configuration.SparkKeys;
import io.kitsune.secret.SecretReference;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the engines that are configured. */
final class Engines {
  private Engines() {}

  /** The engines, owned by {@code closing}. */
  static EngineFleet open(
      KitsuneConfiguration settings,
      Lake lake,
      Artifacts artifacts,
      Optional<TrinoParts> trino,
      Optional<FlinkParts> flink,
      Closing closing) {
    List<EngineLauncher> launchers = new ArrayList<>();
    DuckDbLauncher duckDb = closing.add(new DuckDbLauncher(settings.duckDbSettings()));
    duckDb.start();
    launchers.add(duckDb);
    SparkLauncher spark = closing.add(new SparkLauncher(sparkSettings(settings, lake, artifacts)));
    if (settings.spark().start() == SparkKeys.Start.EAGER) {
      spark.prepare();
    }
    launchers.add(spark);
    trino.ifPresent(parts -> launchers.add(closing.add(new TrinoLauncher(parts.settings()))));
    flink.ifPresent(parts -> launchers.add(closing.add(new FlinkLauncher(parts.settings()))));
    return closing.add(
        new EngineFleet(
            launchers.stream().map(launcher -> watched(settings, launcher)).toList(),
            settings.engineMemory()));
  }

  private static WatchedEngine watched(KitsuneConfiguration settings, EngineLauncher launcher) {
    return new WatchedEngine(
        launcher, settings.engineLimits(launcher.engine()), settings.breaker(), Clock.systemUTC());
  }

  private static SparkSettings sparkSettings(
      KitsuneConfiguration settings, Lake lake, Artifacts artifacts) {
    SparkKeys spark = settings.spark();
    Map<String, String> configuration = new TreeMap<>(SparkCatalogs.settings(lake.configuration()));
    configuration.putAll(settings.sparkConfiguration());
    SparkSettings.Limits usual = SparkSettings.Limits.DEFAULT;
    return new SparkSettings(
        source(spark, artifacts),
        settings.home().resolve("spark"),
        lake.warehouse(),
        spark.javaHome().orElseGet(JvmProgram::currentJavaHome),
        (int) (spark.heap().bytes(0) >> 20),
        lake.metastore(),
        configuration,
        new SparkSettings.Limits(
            spark.startTimeout(),
            spark.idleTimeout(),
            spark.answerTimeout(),
            usual.fetchRows(),
            usual.fetchBytes()));
  }

  private static SparkSource source(SparkKeys spark, Artifacts artifacts) {
    return switch (spark.mode()) {
      case LAUNCH -> new SparkSource.Download(artifacts);
      case HOME -> new SparkSource.Home(spark.home().orElseThrow(), artifacts);
      case URL -> endpoint(spark);
    };
  }

  private static SparkSource endpoint(SparkKeys spark) {
    String url = spark.url().orElseThrow();
    int colon = url.lastIndexOf(':');
    try {
      return new SparkSource.Endpoint(
          url.substring(0, colon),
          Integer.parseInt(url.substring(colon + 1)),
          switch (spark.urlAuthentication()) {
            case NOSASL -> new Authentication.NoSasl();
            case PLAIN ->
                new Authentication.Plain(
                    spark.urlPassword().map(SecretReference::read).orElse("anonymous"));
          });
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new KitsuneException(
          "CONFIG_VALUE_INVALID",
          "F0000",
          "kitsune.spark.url is the host:port of a Thrift server, not " + url,
          e);
    }
  }
}
