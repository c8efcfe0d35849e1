// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkCatalogsTest {
  private static final String PREFIX = "kitsune.catalog.";

  @TempDir Path folder;

  @Test
  void handsEveryPropertyOfARestCatalogToSpark() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "swordfish");
    String reference = "file:" + secret;

    Map<String, String> settings =
        SparkCatalogs.settings(
            Map.of(
                PREFIX + "lake.type", "iceberg-rest",
                PREFIX + "lake.uri", "https://rest.example/catalog",
                PREFIX + "lake.warehouse", "main",
                PREFIX + "lake.token", reference,
                PREFIX + "lake.header.X-Team", "finance",
                PREFIX + "lake.header.Authorization", reference,
                PREFIX + "lake.io.s3.endpoint", "https://s3.example",
                PREFIX + "lake.io-secret.s3.secret-access-key", reference));

    String lake = "spark.sql.catalog.lake";
    assertThat(settings)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                lake,
                "org.apache.iceberg.spark.SparkCatalog",
                lake + ".type",
                "rest",
                lake + ".uri",
                "https://rest.example/catalog",
                lake + ".warehouse",
                "main",
                lake + ".token",
                "swordfish",
                lake + ".header.X-Team",
                "finance",
                lake + ".header.Authorization",
                "swordfish",
                lake + ".s3.endpoint",
                "https://s3.example",
                lake + ".s3.secret-access-key",
                "swordfish"));
  }

  @Test
  void leavesTheSessionCatalogToSparksLauncher() {
    assertThat(
            SparkCatalogs.settings(
                Map.of(
                    PREFIX + "spark_catalog.type", "hive",
                    PREFIX + "spark_catalog.uri", "thrift://127.0.0.1:9083")))
        .isEmpty();
  }
}
