// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.engine.ProgressListener;
import io.kitsune.secret.SecretReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrinoCatalogsTest {
  @TempDir private Path folder;

  @Test
  void aMetastoreHasACatalogForEachKindOfTable() {
    TrinoCatalogs catalogs = TrinoCatalogs.of(List.of(metastore("spark_catalog")));

    assertThat(catalogs.hive()).containsExactly(Map.entry("spark_catalog", "spark_catalog"));
    assertThat(catalogs.iceberg())
        .containsExactly(Map.entry("spark_catalog", "spark_catalog_iceberg"));
    Map<String, Map<String, String>> files =
        CatalogFiles.of(catalogs, ProgressListener.NONE).files();
    assertThat(files.get("spark_catalog"))
        .containsEntry("connector.name", "hive")
        .containsEntry("hive.metastore.uri", "thrift://127.0.0.1:9083")
        .containsEntry("hive.timestamp-precision", "MICROSECONDS")
        .containsEntry("fs.hadoop.enabled", "true")
        .doesNotContainKeys("fs.native-local.enabled", "fs.native-s3.enabled");
    assertThat(files.get("spark_catalog_iceberg"))
        .containsEntry("connector.name", "iceberg")
        .containsEntry("fs.native-local.enabled", "true")
        .containsEntry("hive.metastore.uri", "thrift://127.0.0.1:9083");
  }

  @Test
  void namesAreTrinosAndNeverTheSame() {
    TrinoCatalogs catalogs =
        TrinoCatalogs.of(
            List.of(
                metastore("a"),
                iceberg("A_Iceberg"),
                iceberg("my-lake"),
                iceberg("my_lake"),
                iceberg("1st"),
                iceberg("system")));

    assertThat(catalogs.iceberg().values())
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z][a-z0-9_]*"))
        .doesNotContain("system", "a");
    assertThat(catalogs.iceberg()).hasSize(6);
  }

  @Test
  void secretsStandInTheEnvironmentOnly() throws IOException {
    SecretReference token = secret("token", "to-ken");
    SecretReference key = secret("key", "s3-key");
    TrinoCatalog rest =
        new TrinoCatalog.IcebergRest(
            "lake",
            "http://127.0.0.1:8181",
            Map.of("warehouse", "w"),
            Map.of("token", token),
            List.of("s3://bucket/lake"),
            Map.of("s3.endpoint", "http://127.0.0.1:9000", "cache-enabled", "true"),
            Map.of("s3.secret-access-key", key));

    CatalogFiles files = CatalogFiles.of(TrinoCatalogs.of(List.of(rest)), ProgressListener.NONE);

    Map<String, String> properties = files.files().get("lake");
    assertThat(properties)
        .containsEntry("iceberg.rest-catalog.uri", "http://127.0.0.1:8181")
        .containsEntry("iceberg.rest-catalog.warehouse", "w")
        .containsEntry("iceberg.rest-catalog.security", "OAUTH2")
        .containsEntry("fs.native-s3.enabled", "true")
        .containsEntry("s3.endpoint", "http://127.0.0.1:9000");
    assertThat(properties.toString()).doesNotContain("to-ken", "s3-key", "cache-enabled");
    assertThat(properties).doesNotContainKey("fs.native-local.enabled");
    assertThat(resolved(files, properties.get("iceberg.rest-catalog.oauth2.token")))
        .isEqualTo("to-ken");
    assertThat(resolved(files, properties.get("s3.aws-secret-key"))).isEqualTo("s3-key");
  }

  @Test
  void anOptionThatTrinoHasNotIsRefused() {
    TrinoCatalog rest =
        new TrinoCatalog.IcebergRest(
            "lake", "http://x", Map.of("colour", "blue"), Map.of(), List.of(), Map.of(), Map.of());

    assertThatThrownBy(
            () -> CatalogFiles.of(TrinoCatalogs.of(List.of(rest)), ProgressListener.NONE))
        .hasMessageContaining("colour")
        .extracting("code")
        .isEqualTo("CONFIG_KEY_UNKNOWN");
  }

  private static String resolved(CatalogFiles files, String reference) {
    assertThat(reference).startsWith("${ENV:").endsWith("}");
    return files.environment().get(reference.substring("${ENV:".length(), reference.length() - 1));
  }

  private SecretReference secret(String name, String value) throws IOException {
    Path file = Files.writeString(folder.resolve(name), value);
    return SecretReference.parse("file:" + file);
  }

  private static TrinoCatalog metastore(String name) {
    return new TrinoCatalog.HiveMetastore(
        name, listener -> "thrift://127.0.0.1:9083", Map.of(), Map.of());
  }

  private static TrinoCatalog iceberg(String name) {
    return new TrinoCatalog.IcebergMetastore(
        name, listener -> "thrift://127.0.0.1:9083", Map.of(), Map.of());
  }
}
