// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import io.kitsune.engine.ProgressListener;
import io.kitsune.gateway.assembly.RouterEngine;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.demo.Demo;
import io.kitsune.gateway.demo.TpchData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.curator.test.TestingServer;
import org.apache.kyuubi.jdbc.KyuubiHiveDriver;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * ZooKeeper, a stock Kyuubi with the advisor, and a router engine beside it with all its engines,
 * once for all test classes of a run.
 */
final class KyuubiStack implements BeforeAllCallback {
  private static final double SCALE = 0.1;

  private static KyuubiStack running;

  private final Demo.Reports reports = new Demo.Reports();
  private Path folder;
  private TestingServer keeper;
  private StockKyuubi kyuubi;
  private RouterEngine engine;

  /** The one that runs. */
  static synchronized KyuubiStack get() {
    return running;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    synchronized (KyuubiStack.class) {
      if (running == null) {
        context
            .getRoot()
            .getStore(Namespace.GLOBAL)
            .put(KyuubiStack.class, (AutoCloseable) this::stop);
        start();
        running = this;
      }
    }
  }

  private void start() throws Exception {
    Path target = Path.of("target").toAbsolutePath();
    folder = Files.createTempDirectory(Files.createDirectories(target), "kyuubi-");
    keeper = Keepers.start(folder.resolve("zookeeper"));
    kyuubi = StockKyuubi.withAdvisor(folder.resolve("kyuubi"), keeper.getConnectString());
    engine =
        RouterEngine.start(
            KitsuneConfiguration.load(
                Optional.empty(),
                Map.of(
                    "kitsune.home",
                    folder.resolve("lake").toString(),
                    "kitsune.cache-directory",
                    target.resolve("programs").toString(),
                    "kitsune.frontend.port",
                    "0",
                    "kitsune.rest.enabled",
                    "false",
                    "kitsune.discovery.quorum",
                    keeper.getConnectString(),
                    "kitsune.discovery.kyuubi-versions",
                    GivenKyuubi.version(),
                    "kitsune.discovery.user",
                    System.getProperty("user.name"),
                    "kitsune.trino.aot-cache",
                    "false",
                    "kitsune.cost.learn",
                    "false")),
            reports,
            ProgressListener.NONE);
  }

  /** TPC-H, where the demo reads it. */
  Path data() throws IOException {
    Path data = Path.of("target", "tpch-" + SCALE).toAbsolutePath();
    new TpchData(SCALE).write(data, ProgressListener.NONE);
    return data;
  }

  /** The server in front. */
  StockKyuubi kyuubi() {
    return kyuubi;
  }

  /** The router engine behind. */
  RouterEngine engine() {
    return engine;
  }

  /** ZooKeeper's address. */
  String quorum() {
    return keeper.getConnectString();
  }

  /** What the router engine says of its statements. */
  Demo.Reports reports() {
    return reports;
  }

  /** A connection to the router engine, past Kyuubi. */
  Connection direct() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "tester");
    return new KyuubiHiveDriver().connect(engine.jdbcUrl("default"), properties);
  }

  private void stop() throws IOException {
    if (engine != null) {
      engine.close();
    }
    if (kyuubi != null) {
      kyuubi.close();
    }
    if (keeper != null) {
      keeper.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
