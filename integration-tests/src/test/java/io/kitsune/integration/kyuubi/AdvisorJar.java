// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import io.kitsune.kyuubi.KitsuneSessionConfAdvisor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The jar for Kyuubi's server, also where the build has not come to packaging it. */
final class AdvisorJar {
  private AdvisorJar() {}

  static void write(Path jar) throws IOException {
    Path built;
    try {
      built =
          Path.of(
              KitsuneSessionConfAdvisor.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    if (Files.isRegularFile(built)) {
      Files.copy(built, jar);
      return;
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(built)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = built.relativize(file).toString();
        // The interface is Kyuubi's own there.
        if (!name.startsWith("org/")) {
          out.putNextEntry(new ZipEntry(name));
          Files.copy(file, out);
        }
      }
    }
  }
}
