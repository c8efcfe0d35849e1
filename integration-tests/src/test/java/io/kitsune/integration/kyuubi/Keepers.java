// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/** ZooKeeper servers. */
final class Keepers {
  private static final int TICK_MILLIS = 500;

  private Keepers() {}

  /** One with its data in a folder that is made here; a session may be as short as a second. */
  static TestingServer start(Path folder) throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    // 0 for any number of connections: Kyuubi opens one for each session that it opens.
    return new TestingServer(
        new InstanceSpec(data.toFile(), -1, -1, -1, false, -1, TICK_MILLIS, 0), true);
  }
}
