// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hive.metastore.api.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetastoreServerTest {
  @Test
  void keepsItsDatabaseOverAKill(@TempDir Path folder) {
    try (MetastoreServer server = MetastoreServer.start(folder)) {
      server.call(
          metastore -> {
            metastore.create_database(
                new Database("sales", "", "file:" + folder + "/sales.db", Map.of()));
            return null;
          });
      server.kill();
      server.restart();

      List<String> databases = server.call(metastore -> metastore.get_all_databases());
      assertThat(databases).containsExactlyInAnyOrder("default", "sales");
    }
  }
}
