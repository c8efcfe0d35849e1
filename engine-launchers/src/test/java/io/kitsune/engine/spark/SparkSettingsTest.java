// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.TestArtifacts;
import io.kitsune.engine.thrift.Authentication;
import io.kitsune.error.KitsuneException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SparkSettingsTest {
  @TempDir private Path folder;

  @Test
  void defaultLimits() {
    assertThat(SparkSettings.Limits.DEFAULT)
        .isEqualTo(
            new SparkSettings.Limits(
                Duration.ofMinutes(2),
                Duration.ofMinutes(15),
                Duration.ofMinutes(5),
                10_000,
                16 << 20));
  }

  @Test
  void valuesThatCannotBeAreRefused() {
    Duration some = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new SparkSettings.Limits(Duration.ZERO, some, some, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SparkSettings.Limits(some, some, some, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings(128, Map.of())).hasMessageContaining("128");
    assertThatThrownBy(
            () -> new SparkSource.Endpoint("localhost", 70_000, new Authentication.NoSasl()))
        .hasMessageContaining("70000");
  }

  @Test
  void aPasswordIsNotShown() {
    assertThat(new SparkSource.Endpoint("h", 1, new Authentication.Plain("hush")).toString())
        .doesNotContain("hush");
  }

  @Test
  void aMetastoreMakesTheSessionCatalogItsOwn() {
    Map<String, String> keys =
        SparkConfiguration.of(settings(512, Map.of()), Optional.of("thrift://a:1,thrift://b:2"));

    assertThat(keys)
        .containsEntry("spark.sql.catalogImplementation", "hive")
        .containsEntry("spark.hadoop.hive.metastore.uris", "thrift://a:1,thrift://b:2")
        .containsEntry("spark.sql.catalog.spark_catalog.type", "hive")
        .containsEntry("spark.driver.bindAddress", "127.0.0.1")
        .containsEntry("spark.ui.enabled", "false");
  }

  @Test
  void theUsersKeysAreStrongerThanOurs() {
    Map<String, String> own =
        Map.of(
            "spark.sql.catalogImplementation", "hive",
            "spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");

    Map<String, String> keys = SparkConfiguration.of(settings(512, own), Optional.empty());

    assertThat(keys).containsAllEntriesOf(own);
    assertThat(keys).containsEntry("spark.sql.catalog.spark_catalog.type", "hadoop");
  }

  @Test
  void anotherSparkVersionIsRefused() throws Exception {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    Files.createFile(jars.resolve("spark-hive-thriftserver_2.13-4.0.1.jar"));

    assertThatThrownBy(
            () -> SparkInstallation.check(new SparkSource.Home(folder, TestArtifacts.shared())))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContainingAll(folder.toString(), "spark-hive-thriftserver_2.13-4.0.1.jar");
  }

  private SparkSettings settings(int heapMegabytes, Map<String, String> configuration) {
    return new SparkSettings(
        new SparkSource.Download(TestArtifacts.shared()),
        folder.resolve("spark"),
        folder.resolve("warehouse"),
        JvmProgram.currentJavaHome(),
        heapMegabytes,
        MetastoreAddress.NONE,
        configuration,
        SparkSettings.Limits.DEFAULT);
  }
}
