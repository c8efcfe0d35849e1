// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import java.lang.management.ManagementFactory;

/** The memory of the machine, or of the container the gateway runs in. */
final class MachineMemory {
  private MachineMemory() {}

  static long bytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }
}
