// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.kyuubi.KyuubiEngine;
import io.kitsune.engine.kyuubi.KyuubiEngineSettings;
import io.kitsune.engine.kyuubi.KyuubiLauncher;
import io.kitsune.engine.kyuubi.KyuubiLogin;
import io.kitsune.engine.kyuubi.KyuubiServers;
import io.kitsune.engine.kyuubi.KyuubiUrl;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.spark.SparkLauncher;
import io.kitsune.engine.spark.SparkSettings;
import io.kitsune.engine.spark.SparkSource;
import io.kitsune.engine.thrift.Authentication;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.configuration.SparkKeys;
import io.kitsune.gateway.configuration.SparkUrl;
import io.kitsune.gateway.discovery.ServersInZooKeeper;
import io.kitsune.secret.SecretReference;
import java.util.Map;
import java.util.TreeMap;

/** How Spark is made: started here, found at an address, or launched by Kyuubi. */
final class SparkParts {
  private SparkParts() {}

  /** Its launcher, which whoever asks for it closes; one that is eager has begun. */
  static EngineLauncher launcher(KitsuneConfiguration settings, Lake lake, Artifacts artifacts) {
    SparkKeys keys = settings.spark();
    if (keys.mode() == SparkKeys.Mode.URL
        && settings.sparkUrl() instanceof SparkUrl.OfKyuubi kyuubi) {
      return new KyuubiLauncher(kyuubi(settings, kyuubi.url()));
    }
    SparkLauncher spark = new SparkLauncher(sparkSettings(settings, lake, artifacts));
    if (keys.start() == SparkKeys.Start.EAGER) {
      spark.prepare();
    }
    return spark;
  }

  private static KyuubiEngineSettings kyuubi(KitsuneConfiguration settings, KyuubiUrl url) {
    SparkKeys keys = settings.spark();
    SparkSettings.Limits usual = SparkSettings.Limits.DEFAULT;
    return new KyuubiEngineSettings(
        KyuubiEngine.SPARK,
        servers(settings, url),
        keys.urlUser()
            .<KyuubiLogin>map(user -> new KyuubiLogin.Impersonating(user, authentication(keys)))
            .orElseGet(() -> new KyuubiLogin.EndUser(authentication(keys))),
        settings.instance(),
        settings.sparkConfiguration(),
        new KyuubiEngineSettings.Limits(
            keys.startTimeout(), keys.answerTimeout(), usual.fetchRows(), usual.fetchBytes()));
  }

  private static KyuubiServers servers(KitsuneConfiguration settings, KyuubiUrl url) {
    if (url instanceof KyuubiUrl.ZooKeeper place) {
      return ServersInZooKeeper.at(place.quorum(), place.namespace(), settings.zooKeeperPatience());
    }
    return KyuubiServers.at(((KyuubiUrl.Servers) url).servers());
  }

  private static SparkSettings sparkSettings(
      KitsuneConfiguration settings, Lake lake, Artifacts artifacts) {
    SparkKeys spark = settings.spark();
    Map<String, String> configuration = new TreeMap<>(SparkCatalogs.settings(lake.configuration()));
    configuration.putAll(settings.sparkConfiguration());
    SparkSettings.Limits usual = SparkSettings.Limits.DEFAULT;
    return new SparkSettings(
        source(settings, artifacts),
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

  private static SparkSource source(KitsuneConfiguration settings, Artifacts artifacts) {
    SparkKeys spark = settings.spark();
    return switch (spark.mode()) {
      case LAUNCH -> new SparkSource.Download(artifacts);
      case HOME -> new SparkSource.Home(spark.home().orElseThrow(), artifacts);
      case URL -> {
        SparkUrl.OfThriftServer server = (SparkUrl.OfThriftServer) settings.sparkUrl();
        yield new SparkSource.Endpoint(server.host(), server.port(), authentication(spark));
      }
    };
  }

  private static Authentication authentication(SparkKeys spark) {
    return switch (spark.urlAuthentication()) {
      case NOSASL -> new Authentication.NoSasl();
      case PLAIN ->
          new Authentication.Plain(
              spark.urlPassword().map(SecretReference::read).orElse("anonymous"));
    };
  }
}
