// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.apache.curator.test.TestingServer;
import org.apache.kyuubi.jdbc.KyuubiHiveDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A router engine that lets in nobody but Kyuubi's servers. */
@NeedsKyuubi
class TokenTest {
  private static final String SECRET = "sixteen-letters!";

  @TempDir Path folder;

  @Test
  void onlyTheServersTokensOpenSessions() throws Exception {
    Path secret =
        Files.createFile(
            folder.resolve("secret"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, SECRET);
    try (TestingServer keeper = Keepers.start(folder.resolve("zookeeper"));
        StockKyuubi kyuubi =
            StockKyuubi.withAdvisor(
                folder.resolve("kyuubi"),
                keeper.getConnectString(),
                "kyuubi.engine.security.enabled=true",
                "kyuubi.engine.security.secret.provider=simple",
                "kyuubi.engine.security.secret.provider.simple.secret=" + SECRET);
        RouterProcess router =
            RouterProcess.start(
                folder.resolve("router"),
                keeper.getConnectString(),
                "kitsune.authentication.type=kyuubi-token",
                "kitsune.authentication.kyuubi-secret=file:" + secret)) {
      try (Connection connection = kyuubi.connectAs("anna");
          Statement statement = connection.createStatement();
          ResultSet answer = statement.executeQuery("SELECT 40 + 2")) {
        assertThat(answer.next()).isTrue();
        assertThat(answer.getInt(1)).isEqualTo(42);
      }
      assertThat(router.opened("anna")).isTrue();
      Properties forged = new Properties();
      forged.setProperty("user", "bob");
      forged.setProperty("password", SECRET);
      String past = "jdbc:kyuubi://127.0.0.1:" + router.port() + "/default";
      assertThatThrownBy(() -> new KyuubiHiveDriver().connect(past, forged).close())
          .isInstanceOf(SQLException.class);
      assertThat(router.opened("bob")).isFalse();
    }
  }
}
