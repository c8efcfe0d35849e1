// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.secret.SecretReference;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Spark. */
@Describe("Where Spark comes from, and how long it stays.")
public interface SparkKeys extends EngineLimitKeys {
  @Describe(
      "launch fetches Spark 3.5 with Iceberg and starts it; home starts the one in kitsune.spark.home; url connects to a Thrift server of Spark's that runs already, or to Kyuubi, which launches an engine for each user.")
  @WithDefault("launch")
  Mode mode();

  @Describe("A Spark 3.5 installation (SPARK_HOME) with its Thrift server, for the mode home.")
  Optional<Path> home();

  @Describe(
      "For the mode url: host:port of Spark's own Thrift server, or where Kyuubi is, as in the URL of its JDBC driver: kyuubi://host:10009, or kyuubi://zk1:2181,zk2:2181/;serviceDiscoveryMode=zooKeeper;zooKeeperNamespace=kyuubi.")
  Optional<String> url();

  @Describe(
      "How that server lets clients in: plain sends the user's name, nosasl is for hive.server2.authentication=NOSASL.")
  @WithDefault("plain")
  Authentication urlAuthentication();

  @Describe(
      "The user that the gateway logs in as at Kyuubi; sessions are the end user's all the same (hive.server2.proxy.user), for which that user must be allowed to impersonate others: hadoop.proxyuser.<user>.hosts and .groups in kyuubi-defaults.conf. Without it, each end user is logged in with url-password.")
  Optional<String> urlUser();

  @Describe(
      "The password that goes with plain, for url-user or for all users. Without it, one that servers ignore which ask for none is sent.")
  Optional<@WithConverter(SecretReferenceConverter.class) SecretReference> urlPassword();

  @Describe(
      "eager starts Spark with the gateway, on-demand with the first statement that needs it.")
  @WithDefault("on-demand")
  Start start();

  @Describe(
      "How long Spark, or Kyuubi with its engine, may take to be ready, downloads not counted.")
  @WithDefault("2m")
  Duration startTimeout();

  @Describe("How long a Spark that was started here is kept without a session.")
  @WithDefault("15m")
  Duration idleTimeout();

  @Describe("How long one call to its Thrift server may take.")
  @WithDefault("5m")
  Duration answerTimeout();

  @Describe("The Java 17 to start Spark with. Default: the gateway's own.")
  Optional<Path> javaHome();

  @Describe("Spark's heap, driver and executors in one.")
  @SizeBetween(least = "256MiB", most = "1TiB")
  @WithDefault("1GiB")
  MemorySize heap();

  /** Where Spark comes from. */
  enum Mode {
    /** Fetched and started. */
    LAUNCH,
    /** Started from an installation. */
    HOME,
    /** Running already. */
    URL
  }

  /** How a running server lets clients in. */
  enum Authentication {
    /** SASL PLAIN. */
    PLAIN,
    /** Without SASL. */
    NOSASL
  }

  /** When Spark is started. */
  enum Start {
    /** With the gateway. */
    EAGER,
    /** With the first statement that needs it. */
    ON_DEMAND
  }
}
