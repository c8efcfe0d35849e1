// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.engine.ProgressListener;
import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.assembly.RouterEngine;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
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
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark's statements on engines that a stock Kyuubi launches for each user. */
@NeedsKyuubi
@EnabledIf(
    value = "io.kitsune.integration.kyuubi.GivenKyuubi#hasSpark",
    disabledReason = "no Spark for Kyuubi's engines: set -Dspark.home or SPARK_HOME")
@ExtendWith(KyuubiStack.class)
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
    keys.put("kitsune.spark.url", "kyuubi://" + KyuubiStack.get().kyuubi().address());
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
    try (Connection connection =
            connect("vera", "spark.app.name=veras;kyuubi.engine.share.level=CONNECTION");
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

  @ParameterizedTest
  @ValueSource(strings = {"arrow", "thrift"})
  void rowsAreRelayedAsTheyCome(String format) throws SQLException {
    String settings = "spark.sql.session.timeZone=UTC;kyuubi.operation.result.format=" + format;
    try (Connection connection = connect("vera", settings);
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(4_000);
      try (ResultSet rows =
          statement.executeQuery(
              """
              SELECT id, CAST(id AS DECIMAL(20,2)) / 4 AS quarter, concat('row-', id) AS name,
                TIMESTAMP'2024-02-29 12:34:56.789012' AS at, DATE'2024-02-29' AS day,
                if(id % 2 = 0, id, NULL) AS even, array(id, NULL) AS two
              FROM range(25000) ORDER BY id""")) {
        for (long i = 0; i < 25_000; i++) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getLong(1)).isEqualTo(i);
          assertThat(rows.getBigDecimal(2)).isEqualByComparingTo(BigDecimal.valueOf(i * 25, 2));
          assertThat(rows.getString(3)).isEqualTo("row-" + i);
          assertThat(rows.getString(4)).isEqualTo("2024-02-29 12:34:56.789012");
          assertThat(rows.getDate(5)).isEqualTo(Date.valueOf("2024-02-29"));
          assertThat(rows.getString(6)).isEqualTo(i % 2 == 0 ? Long.toString(i) : null);
          assertThat(rows.getString(7)).isEqualTo("[" + i + ",null]");
        }
        assertThat(rows.next()).isFalse();
      }
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
