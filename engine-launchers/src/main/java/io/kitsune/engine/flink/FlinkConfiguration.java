// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.LoopbackPort;
import java.util.Map;
import java.util.TreeMap;

/** The configuration of a Flink started here. */
final class FlinkConfiguration {
  /** Off the heap, and taken from the machine only when it is used. */
  private static final int MANAGED_MEGABYTES_PER_SLOT = 64;

  private FlinkConfiguration() {}

  /** Flink's keys; the user's are stronger, except for addresses. */
  static Map<String, String> of(FlinkSettings settings, FlinkFolder folder, int port) {
    Map<String, String> keys = new TreeMap<>();
    keys.put("parallelism.default", "1");
    keys.put(
        "taskmanager.memory.managed.size",
        Math.multiplyExact(settings.slots(), MANAGED_MEGABYTES_PER_SLOT) + "m");
    keys.put("execution.checkpointing.dir", folder.checkpoints().toUri().toString());
    keys.put("execution.checkpointing.savepoint-dir", folder.savepoints().toUri().toString());
    // The gateway closes its sessions; one that waits for its user is not idle.
    keys.put("sql-gateway.session.idle-timeout", "0s");
    keys.putAll(settings.configuration());
    keys.put("table.catalog-store.kind", "file");
    keys.put("table.catalog-store.file.path", folder.catalogs().toUri().toString());
    keys.put("io.tmp.dirs", JvmProgram.RUN_FOLDER + "/tmp");
    for (String key :
        new String[] {
          "rest.address",
          "rest.bind-address",
          "jobmanager.rpc.address",
          "jobmanager.bind-host",
          "taskmanager.host",
          "taskmanager.bind-host",
          "sql-gateway.endpoint.rest.address",
          "sql-gateway.endpoint.rest.bind-address"
        }) {
      keys.put(key, LoopbackPort.HOST);
    }
    // Not rest.bind-port, which the SQL Gateway would take for its own.
    keys.put("rest.port", "0");
    keys.put("sql-gateway.endpoint.rest.port", Integer.toString(port));
    return keys;
  }
}
