// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.engine.ProgressListener;
import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.assembly.RouterEngine;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kyuubi.jdbc.KyuubiHiveDriver;
import org.apache.kyuubi.jdbc.hive.KyuubiStatement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Spark's statements on engines that a stock Kyuubi launches for each user. */
@EnabledIfSystemProperty(named = "kitsune.test.kyuubi", matches = "kyuubi://.*")
class SparkFromKyuubiTest {
  private static RouterEngine engine;

  @BeforeAll
  static void start(@TempDir Path home) {
    Map<String, String> keys = new TreeMap<>();
    keys.put("kitsune.home", home.toString());
    keys.put("kitsune.cache-directory", Path.of("target", "programs").toAbsolutePath().toString());
    keys.put("kitsune.frontend.port", "0");
    keys.put("kitsune.rest.port", "0");
    keys.put("kitsune.trino.mode", "off");
    keys.put("kitsune.flink.mode", "off");
    keys.put("kitsune.spark.mode", "url");
    keys.put("kitsune.spark.url", System.getProperty("kitsune.test.kyuubi"));
    keys.put("kitsune.spark.url-user", "kitsune");
    keys.put("kitsune.spark.conf.spark.sql.shuffle.partitions", "3");
    engine =
        RouterEngine.start(
            KitsuneConfiguration.load(Optional.empty(), keys),
            StatementListener.NONE,
            ProgressListener.NONE);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  private static Connection connect(String user, String settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    return new KyuubiHiveDriver()
        .connect(
            "jdbc:kyuubi://127.0.0.1:"
                + engine.port()
                + "/default?kitsune.engine=spark;"
                + settings,
            properties);
  }

  private static String one(Statement statement, String text) throws SQLException {
    try (ResultSet rows = statement.executeQuery(text)) {
      assertThat(rows.next()).isTrue();
      String value = rows.getString(1);
      assertThat(rows.next()).isFalse();
      return value;
    }
  }

  @Test
  void theLaunchIsToldAndTheEngineIsTheEndUsers() throws Exception {
    try (Connection connection = connect("vera", "spark.app.name=veras");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT current_user(), '${spark.app.name}', '${spark.sql.shuffle.partitions}'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("vera");
      assertThat(rows.getString(2)).isEqualTo("veras");
      assertThat(rows.getString(3)).isEqualTo("3");
      assertThat(((KyuubiStatement) statement).getExecLog())
          .anyMatch(line -> line.startsWith("Spark engine is being launched by Kyuubi at "))
          .anyMatch(line -> line.contains("SparkContext"));
    }
  }

  @Test
  void settingsPlaceAndViewsHold() throws SQLException {
    try (Connection connection = connect("vera", "spark.sql.session.timeZone=Asia/Tokyo");
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "SELECT current_timezone()")).isEqualTo("Asia/Tokyo");
      statement.execute("SET TIME ZONE 'Europe/Warsaw'");
      assertThat(one(statement, "SELECT current_timezone()")).isEqualTo("Europe/Warsaw");
      statement.execute("CREATE TEMPORARY VIEW v AS SELECT 41 + 1 AS answer");
      assertThat(one(statement, "SELECT answer FROM v")).isEqualTo("42");
      assertThatThrownBy(() -> one(statement, "SELECT nowhere FROM v"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("UNRESOLVED_COLUMN")
          .hasMessageNotContaining("\tat ")
          .hasMessageNotContaining("KyuubiSQLException")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42703");
    }
  }
}
