// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that Kyuubi keeps for an engine of its own: by the user, by a rule, or all of them. */
@NeedsKyuubi
@EnabledIf(
    value = "io.kitsune.integration.kyuubi.GivenKyuubi#hasSpark",
    disabledReason = "no Spark for Kyuubi's own engines: set -Dspark.home or SPARK_HOME")
@ExtendWith(KyuubiStack.class)
class OwnEnginesTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String OWN_SPARK = "kyuubi.engine.type=SPARK_SQL";

  @TempDir Path folder;

  @Test
  void aUserWhoNamesAnEngineTypeKeepsKyuubisOwn() throws Exception {
    StockKyuubi kyuubi = KyuubiStack.get().kyuubi();
    assertThat(isRouted(kyuubi)).isTrue();
    assertThat(isRouted(kyuubi, OWN_SPARK)).isFalse();
    try (Connection connection = kyuubi.connect(OWN_SPARK);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SELECT engine_name()")) {
      assertThat(answer.next()).isTrue();
      assertThat(answer.getString(1)).startsWith("kyuubi_USER_SPARK_SQL_tester_default_");
    }
  }

  @Test
  void rulesDecideWhoIsRoutedAndAreReadAgain() throws Exception {
    Path rules = Files.createDirectories(folder.resolve("conf")).resolve("kitsune-advisor.rules");
    Files.writeString(rules, "route if asked\n");
    try (StockKyuubi kyuubi = StockKyuubi.withAdvisor(folder, KyuubiStack.get().quorum())) {
      assertThat(isRouted(kyuubi, "kitsune.engine=auto")).isTrue();
      assertThat(isRouted(kyuubi)).isFalse();

      Files.writeString(rules, "keep if user nobody\nroute if user tester\n");
      await().atMost(LIMIT).until(() -> isRouted(kyuubi));

      Files.writeString(rules, "route unless it rains\n");
      await().atMost(LIMIT).until(() -> kyuubi.log().contains("unless"));
      assertThat(isRouted(kyuubi)).isTrue();
    }
  }

  @Test
  void withoutTheJarKyuubiIsAsBefore() throws Exception {
    try (StockKyuubi kyuubi = StockKyuubi.alone(folder, KyuubiStack.get().quorum())) {
      assertThat(isRouted(kyuubi)).isFalse();
      try (Connection connection = kyuubi.connect();
          Statement statement = connection.createStatement();
          ResultSet answer = statement.executeQuery("SELECT 40 + 2, engine_name()")) {
        assertThat(answer.next()).isTrue();
        assertThat(answer.getInt(1)).isEqualTo(42);
        assertThat(answer.getString(2)).startsWith("kyuubi_USER_SPARK_SQL_tester_default_");
      }
    }
  }

  /** Only the router engine knows the command. */
  private static boolean isRouted(StockKyuubi kyuubi, String... settings) throws SQLException {
    try (Connection connection = kyuubi.connect(settings);
        Statement statement = connection.createStatement()) {
      statement.execute("EXPLAIN ROUTE SELECT 1");
      return true;
    } catch (SQLException e) {
      assertThat(e.getMessage()).contains("PARSE_SYNTAX_ERROR");
      return false;
    }
  }
}
