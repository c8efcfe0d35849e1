// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.gateway.discovery.DiscoverySettings;
import io.kitsune.gateway.discovery.ServiceAddress;
import io.kitsune.gateway.discovery.ServiceRegistration;
import io.kitsune.gateway.discovery.ZooKeeperAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kyuubi's JDBC driver finds two gateways in ZooKeeper, and one of them goes. */
class DiscoveredGatewaysTest {
  private static final String ONE = "select 1";
  private static final String PLACE = "kyuubi_1.12.0_SERVER_JDBC/kyuubi/auto-router";

  /** The driver picks one at random; so often, it would pick either. */
  private static final int SEVERAL = 8;

  @TempDir Path folder;

  private TestingServer zooKeeper;
  private Node first;
  private Node second;

  private record Node(GatewayFixture fixture, ServiceRegistration registration) {
    int sessions() {
      return fixture.gateway.sessions();
    }

    void close() {
      registration.close();
      fixture.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    zooKeeper =
        new TestingServer(new InstanceSpec(data.toFile(), -1, -1, -1, false, -1, 500, -1), true);
    first = node();
    second = node();
  }

  private Node node() throws Exception {
    GatewayFixture fixture = new GatewayFixture();
    fixture.routing.duckDb(ONE, "SELECT 1::INTEGER AS \"1\"", Column.of("1", Simple.INT));
    ServiceAddress address = new ServiceAddress("127.0.0.1", fixture.gateway.port());
    DiscoverySettings settings =
        new DiscoverySettings(
            zooKeeper.getConnectString(),
            List.of("kyuubi"),
            List.of("1.12.0", "1.10.1"),
            "kyuubi",
            "auto-router",
            new ZooKeeperAccess.Open(),
            List.of(),
            "kitsune-" + address.port(),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20));
    return new Node(fixture, ServiceRegistration.inZooKeeper(settings, address, node -> {}));
  }

  @AfterEach
  void stop() throws Exception {
    first.close();
    second.close();
    zooKeeper.close();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:kyuubi://%s/default;serviceDiscoveryMode=zooKeeper;zooKeeperNamespace=%s"
            .formatted(zooKeeper.getConnectString(), PLACE),
        "ann",
        "");
  }

  private static int one(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ONE)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** One that the driver opened at that gateway. */
  private Connection connectedTo(Node wanted) throws SQLException {
    while (true) {
      int before = wanted.sessions();
      Connection connection = connect();
      if (wanted.sessions() > before) {
        return connection;
      }
      connection.close();
    }
  }

  @Test
  void theOtherGoesOnWhereOneLeaves() throws Exception {
    try (Connection open = connectedTo(first)) {
      first.registration().close();
      for (int i = 0; i < SEVERAL; i++) {
        try (Connection connection = connect()) {
          assertThat(one(connection)).isEqualTo(1);
          assertThat(second.sessions()).isEqualTo(1);
        }
      }
      assertThat(one(open)).isEqualTo(1);
    }
  }

  @Test
  void theOtherGoesOnWhereOneDies() throws Exception {
    Connection lost = connectedTo(first);
    // Its entry stays, until ZooKeeper misses it.
    first.fixture().gateway.close();
    for (int i = 0; i < SEVERAL; i++) {
      try (Connection connection = connect()) {
        assertThat(one(connection)).isEqualTo(1);
      }
    }
    assertThatThrownBy(() -> one(lost))
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getSQLState()).startsWith("08"));
    // The driver wants to take leave, and there is nobody.
    assertThatThrownBy(lost::close).isInstanceOf(SQLException.class);
  }
}
