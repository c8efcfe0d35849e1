// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import io.kitsune.secret.SecretReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.server.auth.DigestLoginModule;
import org.apache.zookeeper.server.auth.SASLAuthenticationProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ZooKeeper that takes SASL's DIGEST-MD5. */
class SaslRegistrationTest {
  private static final ServiceAddress ADDRESS = new ServiceAddress("127.0.0.1", 10_009);
  private static final String PLACE = "/kyuubi_1.12.0_SERVER_JDBC/kyuubi/auto-router";
  private static final String PROVIDER = "zookeeper.authProvider.sasl";

  @TempDir Path folder;

  private TestingServer server;

  @BeforeEach
  void start() throws Exception {
    // The server looks for its users under this name, in the process's one configuration.
    JaasEntries.put("Server", DigestLoginModule.class.getName(), Map.of("user_kitsune", "squid"));
    System.setProperty(PROVIDER, SASLAuthenticationProvider.class.getName());
    Path data = Files.createDirectory(folder.resolve("data"));
    server =
        new TestingServer(new InstanceSpec(data.toFile(), -1, -1, -1, false, -1, 500, -1), true);
  }

  @AfterEach
  void stop() throws Exception {
    System.clearProperty(PROVIDER);
    server.close();
  }

  private DiscoverySettings settings(String credentials) throws Exception {
    Path secret = Files.writeString(folder.resolve("credentials"), credentials);
    return new DiscoverySettings(
        server.getConnectString(),
        List.of("kyuubi"),
        List.of("1.12.0"),
        "kyuubi",
        "auto-router",
        new ZooKeeperAccess.SaslDigest(SecretReference.parse("file:" + secret)),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10));
  }

  @Test
  void registersAsAUserWhoAloneMayChangeTheEntry() throws Exception {
    ZKClientConfig nobody = new ZKClientConfig();
    nobody.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
    try (ServiceRegistration registration =
            ServiceRegistration.inZooKeeper(settings("kitsune:squid"), ADDRESS, node -> {});
        CuratorFramework observer =
            CuratorFrameworkFactory.builder()
                .connectString(server.getConnectString())
                .zkClientConfig(nobody)
                .retryPolicy(new RetryOneTime(100))
                .build()) {
      observer.start();
      assertThat(registration.registered()).isTrue();
      String node = PLACE + "/" + observer.getChildren().forPath(PLACE).get(0);
      assertThat(observer.getData().forPath(node)).asString().isEqualTo("127.0.0.1:10009");
      assertThat(observer.getACL().forPath(node))
          .extracting(ACL::getId)
          .extracting(id -> id.getScheme() + ":" + id.getId())
          .containsExactlyInAnyOrder("world:anyone", "sasl:kitsune");
      assertThatThrownBy(() -> observer.delete().forPath(node))
          .isInstanceOf(KeeperException.NoAuthException.class);
    }
  }

  @Test
  void doesNotRegisterUnderAWrongPassword() throws Exception {
    DiscoverySettings wrong = settings("kitsune:octopus");
    assertThatThrownBy(() -> ServiceRegistration.inZooKeeper(wrong, ADDRESS, node -> {}))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> assertThat(error.code()).isEqualTo("DISCOVERY_UNAVAILABLE"))
        .hasMessageNotContaining("octopus");
  }

  @Test
  void needsUserAndPassword() throws Exception {
    DiscoverySettings half = settings("kitsune");
    assertThatThrownBy(() -> ServiceRegistration.inZooKeeper(half, ADDRESS, node -> {}))
        .hasMessageContaining("does not hold user:password");
  }
}
