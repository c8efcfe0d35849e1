// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kyuubi.shaded.zookeeper.ZooKeeper;
import org.apache.kyuubi.shaded.zookeeper.server.NIOServerCnxnFactory;
import org.apache.kyuubi.shaded.zookeeper.server.ZooKeeperServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ZooKeeper 3.4, as it runs inside a Kyuubi server that names no other. */
class OldZooKeeperTest {
  private static final String PLACE = "/kyuubi_1.12.0_SERVER_JDBC/kyuubi/auto-router";

  @TempDir Path folder;

  @Test
  void registersInTheZooKeeperInsideKyuubi() throws Exception {
    ZooKeeperServer keeper =
        new ZooKeeperServer(
            folder.resolve("data").toFile(), folder.resolve("log").toFile(), /* tickTime= */ 500);
    NIOServerCnxnFactory network = new NIOServerCnxnFactory();
    network.configure(new InetSocketAddress("127.0.0.1", 0), /* maxcc= */ 0);
    network.startup(keeper);
    try {
      String quorum = "127.0.0.1:" + network.getLocalPort();
      ZooKeeper observer = new ZooKeeper(quorum, 30_000, event -> {});
      try {
        ServiceRegistration registration =
            ServiceRegistration.inZooKeeper(
                settings(quorum), new ServiceAddress("127.0.0.1", 10_009), node -> {});
        try (registration) {
          assertThat(registration.registered()).isTrue();
          assertThat(observer.getChildren(PLACE, false))
              .containsExactly("serverUri=127.0.0.1:10009;version=1.12.0;sequence=0000000000");
        }
        assertThat(observer.getChildren(PLACE, false)).isEmpty();
      } finally {
        observer.close();
      }
    } finally {
      network.shutdown();
      keeper.shutdown();
    }
  }

  private static DiscoverySettings settings(String quorum) {
    return new DiscoverySettings(
        quorum,
        List.of("kyuubi"),
        List.of("1.12.0"),
        "kyuubi",
        "auto-router",
        new ZooKeeperAccess.Open(),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60));
  }
}
