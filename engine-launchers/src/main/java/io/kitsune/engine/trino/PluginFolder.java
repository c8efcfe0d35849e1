// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The folder that Trino loads its plugins from: of the many that come with it, one, with the
 * connectors for Hive and for Iceberg tables. Among the Iceberg plugin's libraries is all of the
 * Hive plugin, code included; what it lacks is the entry that offers it. Added here, it saves a
 * second copy of 330 libraries in Trino's memory.
 */
final class PluginFolder {
  private static final String SERVICE = "META-INF/services/io.trino.spi.Plugin";
  private static final String HIVE = "io.trino.plugin.hive.HivePlugin";

  private PluginFolder() {}

  /**
   * Makes it.
   *
   * @param plugins all that come with Trino
   * @param folder does not exist yet
   */
  static void create(Path plugins, Path folder) throws IOException {
    Path iceberg = plugins.resolve("iceberg");
    Path plugin = Files.createDirectories(folder.resolve("lake"));
    for (Path library : libraries(iceberg)) {
      Files.createSymbolicLink(plugin.resolve(library.getFileName()), library);
    }
    // Hadoop's file systems have a class loader of their own.
    Files.createSymbolicLink(plugin.resolve("hdfs"), iceberg.resolve("hdfs"));
    try (OutputStream file = Files.newOutputStream(plugin.resolve("hive-services.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry(SERVICE));
      jar.write((HIVE + "\n").getBytes(StandardCharsets.UTF_8));
      jar.closeEntry();
    }
  }

  /**
   * A list of classes, as the JVM writes one, with the libraries themselves in place of this
   * folder's links, which go with the run.
   */
  static String withoutLinks(String classes, Path plugins, Path folder) {
    return classes.replace(
        " source: " + folder.resolve("lake") + "/", " source: " + plugins.resolve("iceberg") + "/");
  }

  private static List<Path> libraries(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}
