// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporarySpaceTest {
  @TempDir private Path parent;

  @Test
  void twoInstancesHaveFoldersOfTheirOwn() {
    try (TemporarySpace one = TemporarySpace.in(parent);
        TemporarySpace other = TemporarySpace.in(parent)) {
      assertThat(one.folder()).isNotEqualTo(other.folder()).exists();
      assertThat(other.folder()).exists();
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatAKilledGatewayLeftIsRemovedAndNothingElse() throws Exception {
    Path abandoned = Files.createDirectory(parent.resolve("kitsune-duckdb-abandoned"));
    Files.writeString(abandoned.resolve("lock"), "");
    Files.writeString(abandoned.resolve("duckdb_temp_storage-0.tmp"), "spilled");
    Path notOurs = Files.createDirectory(parent.resolve("notes"));
    Files.writeString(notOurs.resolve("lock"), "");

    try (TemporarySpace space = TemporarySpace.in(parent)) {
      assertThat(abandoned).doesNotExist();
      assertThat(notOurs).exists();
      assertThat(space.folder()).exists();
    }
  }
}
