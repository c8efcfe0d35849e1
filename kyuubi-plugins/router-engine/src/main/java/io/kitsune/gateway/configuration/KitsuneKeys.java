// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Every declared key, by group. */
@ConfigMapping(prefix = "kitsune")
interface KitsuneKeys {
  @Describe(
      "The folder of everything that must survive a restart: state, embedded Metastore, warehouse, logs.")
  @WithDefault("~/.kitsune")
  Path home();

  @Describe("Where engines that are fetched are kept; several processes may share it.")
  @WithDefault("~/.cache/kitsune")
  Path cacheDirectory();

  @Describe("The engine of statements that name none: auto lets the router decide for each.")
  @PerSession
  @WithDefault("auto")
  EngineChoice engine();

  @Describe(
      "Runs some statements of its own right after the start, for two or three seconds of one processor, so that the first real ones are not slow.")
  @WithDefault("true")
  boolean warmUp();

  @Describe(
      "The name of the application that a session is for, which policies and the history go by; a connection says it with"
          + " kitsune.client=Superset.")
  @PerSession
  Optional<String> client();

  EnginesKeys engines();

  FailoverKeys failover();

  FrontendKeys frontend();

  RestKeys rest();

  AuthenticationKeys authentication();

  SessionKeys session();

  DrainKeys drain();

  OperationKeys operation();

  StatementKeys statement();

  ScanKeys scan();

  CostKeys cost();

  DuckDbKeys duckdb();

  SparkKeys spark();

  TrinoKeys trino();

  FlinkKeys flink();

  RedirectionKeys redirection();

  HistoryKeys history();

  MetricsKeys metrics();

  PolicyKeys policy();

  DiscoveryKeys discovery();
}
