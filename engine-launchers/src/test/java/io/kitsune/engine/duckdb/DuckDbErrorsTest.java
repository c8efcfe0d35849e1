// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.error.KitsuneException;
import org.junit.jupiter.api.Test;

/** Messages as DuckDB 1.5 wrote them, where a test cannot easily make it write them. */
final class DuckDbErrorsTest {
  @Test
  void aFullDiskIsNotToldToAllowMoreOfIt() {
    // Sorted more than a small tmpfs takes.
    KitsuneException failure =
        DuckDbErrors.of(
            "IO",
            "Could not write file \"/small/kitsune-duckdb-8/duckdb_temp_storage_S96K-0.tmp\": No space left on device",
            null);

    assertThat(failure.code()).isEqualTo("ENGINE_TEMPORARY_SPACE_EXHAUSTED");
    assertThat(failure.sqlState()).isEqualTo("53100");
    assertThat(failure)
        .hasMessageContainingAll(
            "duckdb_temp_storage_S96K-0.tmp",
            "kitsune.duckdb.temp-directory",
            "kitsune.engine=spark")
        .hasMessageNotContaining("max-temp-directory-size");
  }
}
