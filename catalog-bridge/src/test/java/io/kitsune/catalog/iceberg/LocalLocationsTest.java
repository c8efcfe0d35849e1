// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LocalLocationsTest {
  @Test
  void pathsAreNeverDecoded() {
    assertThat(LocalLocations.path("file:/a/b%20c")).contains("/a/b%20c");
    assertThat(LocalLocations.path("file:///a/%41")).contains("/a/%41");
    assertThat(LocalLocations.path("/a/b")).contains("/a/b");
  }

  @Test
  void otherStoresAreNotLocal() {
    assertThat(LocalLocations.path("s3://bucket/a")).isEmpty();
    assertThat(LocalLocations.path("hdfs://name/a")).isEmpty();
    assertThat(LocalLocations.path("file://host/a")).isEmpty();
    assertThat(LocalLocations.path("relative")).isEmpty();
  }
}
