// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.error.KitsuneException;
import io.kitsune.secret.SecretReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooKeeperRegistrationTest {
  private static final ServiceAddress ADDRESS = new ServiceAddress("127.0.0.1", 10_009);
  private static final String PLACE = "/kyuubi_1.12.0_SERVER_JDBC/kyuubi/auto-router";
  private static final String OLD_PLACE = "/kyuubi_1.10.1_SERVER_JDBC/kyuubi/auto-router";
  private static final int TICK_MILLIS = 500;

  @TempDir Path folder;

  private final List<String> drained = new CopyOnWriteArrayList<>();
  private TestingServer server;
  private Cable cable;
  private CuratorFramework observer;

  @BeforeEach
  void start() throws Exception {
    // The server writes its configuration beside the folder of its data.
    Path data = Files.createDirectory(folder.resolve("data"));
    server =
        new TestingServer(
            new InstanceSpec(data.toFile(), -1, -1, -1, false, -1, TICK_MILLIS, -1), true);
    cable = new Cable(server.getPort());
    observer = client();
    observer.start();
  }

  @AfterEach
  void stop() throws Exception {
    observer.close();
    cable.close();
    server.close();
  }

  @Test
  void readsKyuubisSecretAndSeesItChange() throws Exception {
    DiscoverySettings settings = settings(List.of("1.12.0"), new ZooKeeperAccess.Open());
    observer.create().forPath("/secret", "one".getBytes(UTF_8));
    try (SecretNode secret = SecretNode.open(settings, "/secret")) {
      assertThat(secret.read()).isEqualTo("one");
      for (String next : List.of("two", "three")) {
        observer.setData().forPath("/secret", next.getBytes(UTF_8));
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertThat(secret.read()).isEqualTo(next));
      }
      observer.delete().forPath("/secret");
      assertThat(secret.read()).isEqualTo("three");
    }
    assertThatThrownBy(() -> SecretNode.open(settings, "/secret"))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("SECRET_UNAVAILABLE"));
  }

  @Test
  void registersAsKyuubiLooksForEngines() throws Exception {
    try (ServiceRegistration registration = register(List.of("1.12.0"))) {
      assertThat(registration.registered()).isTrue();
      assertThat(observer.getChildren().forPath(PLACE))
          .containsExactly("serverUri=127.0.0.1:10009;version=1.12.0;sequence=0000000000");
      String node = onlyNode(PLACE);
      assertThat(observer.getData().forPath(node)).isEqualTo("127.0.0.1:10009".getBytes(UTF_8));
      assertThat(observer.checkExists().forPath(node).getEphemeralOwner()).isNotZero();
    }
  }

  @Test
  void isFoundByKyuubisDriver() throws Exception {
    ExecutorService accepting = Executors.newSingleThreadExecutor();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      socket.setSoTimeout(20_000);
      Future<Boolean> visited =
          accepting.submit(
              () -> {
                try (Socket visitor = socket.accept()) {
                  return visitor.getInputStream().read() >= 0;
                }
              });
      ServiceAddress address = new ServiceAddress("127.0.0.1", socket.getLocalPort());
      try (ServiceRegistration registration =
          ServiceRegistration.inZooKeeper(
              settings(List.of("1.12.0"), new ZooKeeperAccess.Open()), address, drained::add)) {
        assertThat(registration.registered()).isTrue();
        String url =
            "jdbc:kyuubi://%s/;serviceDiscoveryMode=zooKeeper;zooKeeperNamespace=%s"
                .formatted(server.getConnectString(), PLACE.substring(1));
        // Nothing but a socket answers there: being visited is all.
        assertThatThrownBy(() -> DriverManager.getConnection(url).close())
            .isInstanceOf(SQLException.class);
        assertThat(visited.get(60, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      accepting.shutdownNow();
    }
  }

  @Test
  void registersForEachVersionAndDeletesAtOnceWhenClosed() throws Exception {
    ServiceRegistration registration = register(List.of("1.12.0", "1.10.1"));
    assertThat(onlyNode(PLACE)).contains(";version=1.12.0;");
    assertThat(onlyNode(OLD_PLACE)).contains(";version=1.10.1;");
    registration.close();
    assertThat(observer.getChildren().forPath(PLACE)).isEmpty();
    assertThat(observer.getChildren().forPath(OLD_PLACE)).isEmpty();
    assertThat(registration.registered()).isFalse();
    assertThat(drained).isEmpty();
    registration.close();
  }

  @Test
  void drainsWhenSomebodyDeletesAnEntry() throws Exception {
    try (ServiceRegistration registration = register(List.of("1.12.0", "1.10.1"))) {
      String node = onlyNode(OLD_PLACE);
      observer.delete().forPath(node);
      await().atMost(Duration.ofSeconds(60)).until(() -> !drained.isEmpty());
      assertThat(drained).containsExactly(node);
      assertThat(registration.registered()).isFalse();
      assertThat(observer.getChildren().forPath(PLACE)).isEmpty();
    }
    assertThat(drained).hasSize(1);
  }

  @Test
  void stillDrainsAfterAnEntryWasTouched() throws Exception {
    try (ServiceRegistration registration = register(List.of("1.12.0"))) {
      String node = onlyNode(PLACE);
      for (int i = 0; i < 3; i++) {
        observer.setData().forPath(node, "127.0.0.1:10009".getBytes(UTF_8));
      }
      assertThat(registration.registered()).isTrue();
      observer.delete().forPath(node);
      await().atMost(Duration.ofSeconds(60)).until(() -> drained.contains(node));
    }
  }

  @Test
  void registersAgainAfterALostSession() throws Exception {
    try (ServiceRegistration registration = register(List.of("1.12.0"))) {
      String first = onlyNode(PLACE);
      long session = observer.checkExists().forPath(first).getEphemeralOwner();
      cable.cut();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> observer.getChildren().forPath(PLACE).isEmpty());
      assertThat(registration.registered()).isFalse();
      cable.mend();
      await().atMost(Duration.ofSeconds(60)).until(registration::registered);
      assertThat(onlyNode(PLACE)).isNotEqualTo(first);
      Stat again = observer.checkExists().forPath(onlyNode(PLACE));
      assertThat(again.getEphemeralOwner()).isNotEqualTo(session);
      assertThat(drained).isEmpty();
      // The new entry is watched like the first.
      observer.delete().forPath(onlyNode(PLACE));
      await().atMost(Duration.ofSeconds(60)).until(() -> !drained.isEmpty());
    }
  }

  @Test
  void registersAgainWhereTheSessionIsLostDuringAQuestion() throws Exception {
    try (ServiceRegistration registration = register(List.of("1.12.0"))) {
      String first = onlyNode(PLACE);
      cable.holdRequests();
      // The gateway sees its entry touched and asks for it; ZooKeeper never hears the question.
      observer.setData().forPath(first, "127.0.0.1:10009".getBytes(UTF_8));
      await().atMost(Duration.ofSeconds(60)).until(cable::requestHeld);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> observer.getChildren().forPath(PLACE).isEmpty());
      cable.cut();
      cable.mend();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(observer.getChildren().forPath(PLACE)).hasSize(1));
      await().atMost(Duration.ofSeconds(60)).until(registration::registered);
      assertThat(drained).isEmpty();
    }
  }

  @Test
  void keepsItsEntriesThroughAShortCut() throws Exception {
    try (ServiceRegistration registration = register(List.of("1.12.0"))) {
      String node = onlyNode(PLACE);
      cable.cut();
      await().atMost(Duration.ofSeconds(60)).until(() -> !registration.registered());
      cable.mend();
      await().atMost(Duration.ofSeconds(60)).until(registration::registered);
      assertThat(onlyNode(PLACE)).isEqualTo(node);
      assertThat(drained).isEmpty();
    }
  }

  @Test
  void drainsForAnEntryThatWasDeletedDuringACut() throws Exception {
    try (ServiceRegistration registration = register(List.of("1.12.0"))) {
      String node = onlyNode(PLACE);
      cable.cut();
      await().atMost(Duration.ofSeconds(60)).until(() -> !registration.registered());
      observer.delete().forPath(node);
      cable.mend();
      await().atMost(Duration.ofSeconds(60)).until(() -> drained.contains(node));
    }
  }

  @Test
  void comesBackWithTheServer() throws Exception {
    try (ServiceRegistration registration = register(List.of("1.12.0"))) {
      server.stop();
      await().atMost(Duration.ofSeconds(60)).until(() -> !registration.registered());
      server.restart();
      await().atMost(Duration.ofSeconds(60)).until(registration::registered);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(observer.getChildren().forPath(PLACE)).hasSize(1));
      assertThat(drained).isEmpty();
    }
  }

  @Test
  void closesInBoundedTimeWithoutTheServer() throws Exception {
    ServiceRegistration registration = register(List.of("1.12.0"));
    server.stop();
    await().atMost(Duration.ofSeconds(60)).until(() -> !registration.registered());
    long before = System.nanoTime();
    registration.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void saysWhereItCannotRegister() {
    DiscoverySettings nowhere =
        new DiscoverySettings(
            "127.0.0.1:1",
            List.of("kyuubi"),
            List.of("1.12.0"),
            "kyuubi",
            "auto-router",
            new ZooKeeperAccess.Open(),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1));
    assertThatThrownBy(() -> ServiceRegistration.inZooKeeper(nowhere, ADDRESS, drained::add))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> {
              assertThat(error.code()).isEqualTo("DISCOVERY_UNAVAILABLE");
              assertThat(error).hasMessageContaining("127.0.0.1:1");
            });
  }

  @Test
  void keepsItsEntriesFromStrangersWhereItHasADigest() throws Exception {
    Path secret = Files.writeString(folder.resolve("digest"), "kyuubi:swordfish");
    ZooKeeperAccess access = new ZooKeeperAccess.Digest(SecretReference.parse("file:" + secret));
    try (ServiceRegistration registration =
        ServiceRegistration.inZooKeeper(
            settings(List.of("1.12.0"), access), ADDRESS, drained::add)) {
      String node = onlyNode(PLACE);
      assertThatThrownBy(() -> observer.delete().forPath(node))
          .isInstanceOf(KeeperException.NoAuthException.class);
      assertThat(registration.registered()).isTrue();
      observer
          .getZookeeperClient()
          .getZooKeeper()
          .addAuthInfo("digest", "kyuubi:swordfish".getBytes(UTF_8));
      observer.delete().forPath(node);
      await().atMost(Duration.ofSeconds(60)).until(() -> drained.contains(node));
    }
  }

  @Test
  void letsTheAdministratorsDeleteItsEntries() throws Exception {
    Path secret = Files.writeString(folder.resolve("digest"), "kitsune:swordfish");
    String administrator =
        "digest:" + DigestAuthenticationProvider.generateDigest("kyuubi:hammerhead");
    DiscoverySettings settings =
        settings(
            new ZooKeeperAccess.Digest(SecretReference.parse("file:" + secret)),
            List.of(administrator),
            "");
    try (ServiceRegistration registration =
        ServiceRegistration.inZooKeeper(settings, ADDRESS, drained::add)) {
      String node = onlyNode(PLACE);
      assertThatThrownBy(() -> observer.delete().forPath(node))
          .isInstanceOf(KeeperException.NoAuthException.class);
      assertThat(registration.registered()).isTrue();
      observer
          .getZookeeperClient()
          .getZooKeeper()
          .addAuthInfo("digest", "kyuubi:hammerhead".getBytes(UTF_8));
      observer.delete().forPath(node);
      await().atMost(Duration.ofSeconds(60)).until(() -> drained.contains(node));
    }
  }

  @Test
  void saysItsNameWhereKyuubiListsEngines() throws Exception {
    DiscoverySettings settings = settings(new ZooKeeperAccess.Open(), List.of(), "kitsune-1");
    try (ServiceRegistration registration =
        ServiceRegistration.inZooKeeper(settings, ADDRESS, drained::add)) {
      assertThat(registration.registered()).isTrue();
      assertThat(observer.getChildren().forPath(PLACE))
          .containsExactly(
              "serverUri=127.0.0.1:10009;version=1.12.0;kyuubi.engine.id=kitsune-1;sequence=0000000000");
    }
  }

  @Test
  void refusesWhatKyuubiWouldNotFind() {
    assertThatThrownBy(
            () ->
                new DiscoverySettings(
                    "localhost:2181",
                    List.of("kyuubi"),
                    List.of("1.12.0"),
                    "kyuubi",
                    "Auto-Router",
                    new ZooKeeperAccess.Open(),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(10)))
        .hasMessageContaining("'Auto-Router' is not in lower case");
    assertThatThrownBy(() -> settings(new ZooKeeperAccess.Open(), List.of("kyuubi"), ""))
        .hasMessageContaining("'kyuubi' is not scheme:id");
  }

  private ServiceRegistration register(List<String> versions) {
    return ServiceRegistration.inZooKeeper(
        settings(versions, new ZooKeeperAccess.Open()), ADDRESS, drained::add);
  }

  private DiscoverySettings settings(List<String> versions, ZooKeeperAccess access) {
    return new DiscoverySettings(
        "127.0.0.1:" + cable.port(),
        List.of("kyuubi"),
        versions,
        "kyuubi",
        "auto-router",
        access,
        Duration.ofSeconds(8),
        Duration.ofSeconds(10));
  }

  private DiscoverySettings settings(
      ZooKeeperAccess access, List<String> administrators, String instance) {
    return new DiscoverySettings(
        "127.0.0.1:" + cable.port(),
        List.of("kyuubi"),
        List.of("1.12.0"),
        "kyuubi",
        "auto-router",
        access,
        administrators,
        instance,
        Duration.ofSeconds(8),
        Duration.ofSeconds(10));
  }

  private String onlyNode(String place) throws Exception {
    List<String> children = observer.getChildren().forPath(place);
    assertThat(children).hasSize(1);
    return place + "/" + children.get(0);
  }

  private CuratorFramework client() {
    return CuratorFrameworkFactory.newClient(
        server.getConnectString(), 10_000, 10_000, new RetryOneTime(100));
  }
}
