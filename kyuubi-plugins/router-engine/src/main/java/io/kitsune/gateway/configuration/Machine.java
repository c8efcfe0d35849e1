// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What sizes that are shares are shares of. */
final class Machine {
  private Machine() {}

  /** The memory of the machine, or of the container the gateway runs in. */
  static long memoryBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** The size of the disk that holds a folder, or will hold it. */
  static long diskBytes(Path folder) {
    Path existing = folder;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return Files.getFileStore(existing).getTotalSpace();
    } catch (IOException e) {
      throw new UncheckedIOException("the disk of " + folder + " cannot be looked at", e);
    }
  }
}
