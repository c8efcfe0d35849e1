// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.engine.kyuubi.KyuubiServers.Server;
import io.kitsune.error.KitsuneException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersInZooKeeperTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void findsServersAsTheyComeAndGo() throws Exception {
    try (TestingServer zooKeeper = new TestingServer(-1, folder.resolve("data").toFile());
        CuratorFramework kyuubi =
            CuratorFrameworkFactory.newClient(zooKeeper.getConnectString(), new RetryOneTime(100));
        ServersInZooKeeper servers =
            ServersInZooKeeper.at(zooKeeper.getConnectString(), "kyuubi", LONG)) {
      kyuubi.start();
      assertThat(servers.now()).isEmpty();
      assertThat(servers.place())
          .isEqualTo("ZooKeeper " + zooKeeper.getConnectString() + "/kyuubi");

      register(kyuubi, "serverUri=a:10009;version=1.12.0;sequence=0000000000", "a:10009");
      register(
          kyuubi,
          "serverUri=b:10010;version=1.12.0;sequence=0000000001",
          "hive.server2.thrift.bind.host=b;hive.server2.transport.mode=binary;hive.server2.thrift.port=10010;hive.server2.thrift.sasl.qop=auth");
      register(kyuubi, "serverUri=c;sequence=0000000002", "nonsense");
      register(kyuubi, "leader_engine", "d:1");
      assertThat(servers.now())
          .containsExactlyInAnyOrder(new Server("a", 10_009), new Server("b", 10_010));

      kyuubi.delete().forPath("/kyuubi/serverUri=a:10009;version=1.12.0;sequence=0000000000");
      assertThat(servers.now()).containsExactly(new Server("b", 10_010));
    }
  }

  private static void register(CuratorFramework kyuubi, String node, String data) throws Exception {
    kyuubi.create().creatingParentsIfNeeded().forPath("/kyuubi/" + node, data.getBytes(UTF_8));
  }

  @Test
  void believesInTheLastOnesWhileZooKeeperIsAway() throws Exception {
    TestingServer zooKeeper = new TestingServer(-1, folder.resolve("data").toFile());
    try (zooKeeper;
        CuratorFramework kyuubi =
            CuratorFrameworkFactory.newClient(zooKeeper.getConnectString(), new RetryOneTime(100));
        ServersInZooKeeper servers =
            ServersInZooKeeper.at(zooKeeper.getConnectString(), "kyuubi", Duration.ofSeconds(2))) {
      kyuubi.start();
      register(kyuubi, "serverUri=a:10009;version=1.12.0;sequence=0000000000", "a:10009");
      List<Server> before = servers.now();
      assertThat(before).containsExactly(new Server("a", 10_009));

      zooKeeper.stop();

      assertThat(servers.now()).isEqualTo(before);
    }
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    int port;
    try (TestingServer gone = new TestingServer(-1, folder.resolve("data").toFile())) {
      port = gone.getPort();
    }
    try (ServersInZooKeeper servers =
        ServersInZooKeeper.at("127.0.0.1:" + port, "kyuubi", Duration.ofMillis(500))) {
      assertThatThrownBy(servers::now)
          .isInstanceOfSatisfying(
              KitsuneException.class, e -> assertThat(e.code()).isEqualTo("ENGINE_UNAVAILABLE"))
          .hasMessageContaining("127.0.0.1:" + port);
    }
  }
}
