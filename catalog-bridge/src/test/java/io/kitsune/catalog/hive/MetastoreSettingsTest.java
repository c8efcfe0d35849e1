// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.CatalogProperties;
import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetastoreSettingsTest {
  @Test
  void onlyTheAddressMustBeGiven() {
    assertThat(settings(Map.of("uri", "thrift://one")))
        .isEqualTo(
            new MetastoreSettings(
                List.of(new MetastoreAddress("one", 9083)),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                8));
  }

  @Test
  void everyPropertyIsRead() {
    assertThat(
            settings(
                Map.of(
                    "uri", "thrift://one:1,thrift://two:2",
                    "connect-timeout", "250ms",
                    "timeout", "2m",
                    "connections", "3")))
        .isEqualTo(
            new MetastoreSettings(
                List.of(new MetastoreAddress("one", 1), new MetastoreAddress("two", 2)),
                Duration.ofMillis(250),
                Duration.ofMinutes(2),
                3));
  }

  @ParameterizedTest
  @CsvSource({
    "uri, http://one:1",
    "uri, 'thrift://one:1,'",
    "timeout, 0s",
    "timeout, 600h",
    "connect-timeout, soon",
    "connections, 0",
    "connections, 257"
  })
  void aWrongValueNamesTheKey(String key, String value) {
    Map<String, String> values =
        key.equals("uri") ? Map.of(key, value) : Map.of("uri", "thrift://one", key, value);

    assertThatThrownBy(() -> settings(values))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("kitsune.catalog.test." + key + " is '" + value + "'")
        .extracting("code")
        .isEqualTo("CONFIG_VALUE_INVALID");
  }

  private static MetastoreSettings settings(Map<String, String> values) {
    return MetastoreSettings.of(new CatalogProperties("kitsune.catalog.test.", values));
  }
}
