// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class UnpackedLibraryTest extends DuckDbTestBase {
  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesNoFileBehindWhenTheProcessIsKilled() throws IOException {
    assertThat(read(query("SELECT 1::BIGINT AS n", Set.of(), N))).isEqualTo(List.of(List.of(1L)));

    assertThat(Files.readAllLines(Path.of("/proc/self/maps")))
        .filteredOn(line -> line.contains("libduckdb_java"))
        .isNotEmpty()
        .allMatch(line -> line.endsWith("(deleted)"));
  }
}
