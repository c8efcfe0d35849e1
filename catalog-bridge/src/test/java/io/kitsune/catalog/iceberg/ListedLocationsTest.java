// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListedLocationsTest {
  private static final AllowedLocations UNLISTED = new ListedLocations("the.key", List.of());
  private static final AllowedLocations LISTED =
      new ListedLocations("the.key", List.of("file:/lake/warehouse", "/data/", "s3://bucket/lake"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket/a",
        "S3A://bucket/a",
        "gs://b/..a/b..",
        "hdfs://name:8020/user/hive/a",
        "abfss://c@account.dfs.core.windows.net/a%20b"
      })
  void storesAreAllowedUnlessOthersAreListed(String location) {
    assertThatCode(() -> UNLISTED.require(location)).doesNotThrowAnyException();
    assertThatThrownBy(() -> LISTED.require(location)).hasMessageContaining(location);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "file:/etc/passwd",
        "FILE:///etc/passwd",
        "file://localhost/etc/passwd",
        "etc/passwd",
        "",
        "har:file:///etc/x.har/a",
        "har://file-x/etc/x.har/a",
        "jar:file:/a",
        "viewfs://x/a",
        "http://169.254.169.254/latest",
        "s3://bucket/a/../../b",
        "s3://bucket/%2e%2E/b"
      })
  void allElseHasToBeListed(String location) {
    assertThatThrownBy(() -> UNLISTED.require(location))
        .hasMessageContaining(location)
        .hasMessageContaining("the.key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:/lake/warehouse/t/a.parquet",
        "/lake/warehouse/a",
        "FILE:///lake/warehouse/a",
        "/data/x=1/%41",
        "s3://bucket/lake/a"
      })
  void whatIsBelowAListedFolderIsAllowed(String location) {
    assertThatCode(() -> LISTED.require(location)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:/lake/warehouse",
        "file:/lake/warehouse2/a",
        "file:/lake/warehouse/../../etc/passwd",
        "file:/lake/warehouse/%2e%2e/a",
        "file:/lake/warehouse/%252e%252e%252fa",
        "file:/lake/warehouse/.%2E/a",
        "file:/lake/warehouse/..\\a",
        "file://lake/warehouse/a",
        "s3a://bucket/lake/a",
        "s3://bucket2/lake/a",
        "s3://bucket@evil/lake/a",
        "s3://bucket",
        "hdfs://name/lake/warehouse/a"
      })
  void whatIsBesideIsRefused(String location) {
    assertThatThrownBy(() -> LISTED.require(location)).hasMessageContaining(location);
  }
}
