// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LakeTest {
  @ParameterizedTest
  @CsvSource({
    "kitsune.catalog.spark_catalog.type, iceberg-rest",
    "kitsune.catalog.spark_catalog.type, iceberg-hive",
    "kitsune.catalog.second.type, hive",
    "kitsune.catalog.second.type, embedded",
  })
  void aCatalogThatSparkCannotHaveIsRefused(String key, String type) {
    assertThatThrownBy(() -> Lake.requireWhatSparkHasToo(Map.of(key, type)))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(type);
  }

  @ParameterizedTest
  @CsvSource({
    "kitsune.catalog.spark_catalog.type, hive",
    "kitsune.catalog.spark_catalog.type, embedded",
    "kitsune.catalog.lake.type, iceberg-rest",
    "kitsune.catalog.lake.type, iceberg-hive",
  })
  void aCatalogThatSparkHasTooIsTaken(String key, String type) {
    assertThatCode(() -> Lake.requireWhatSparkHasToo(Map.of(key, type))).doesNotThrowAnyException();
  }
}
