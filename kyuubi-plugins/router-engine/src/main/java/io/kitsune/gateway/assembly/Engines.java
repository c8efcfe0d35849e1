// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.duckdb.DuckDbLauncher;
import io.kitsune.engine.flink.FlinkLauncher;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.engine.health.WatchedEngine;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.engine.trino.TrinoLauncher;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    launchers.add(closing.add(SparkParts.launcher(settings, lake, artifacts)));
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
}
