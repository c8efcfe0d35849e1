// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import io.kitsune.engine.process.child.ChildMain;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * The class that watches the parent, in a jar that outlives the run: a JVM that maps an archive of
 * classes wants the class path that the archive was made with, and no folders on it. A program that
 * has it on its class path gets no other copy.
 */
public final class ChildJar {
  private static final String NAME = "kitsune-child.jar";
  private static final String ENTRY = ChildMain.class.getName().replace('.', '/') + ".class";

  private ChildJar() {}

  /** The class itself, so that a jar can be told from one with an older class. */
  public static byte[] content() throws IOException {
    try (InputStream in = ChildJar.class.getClassLoader().getResourceAsStream(ENTRY)) {
      if (in == null) {
        throw new IOException("there is no class " + ENTRY);
      }
      return in.readAllBytes();
    }
  }

  /** Its place in a folder; there or not. */
  public static Path in(Path folder) {
    return folder.resolve(NAME);
  }

  /** Writes it into a folder. */
  public static void write(Path folder) throws IOException {
    try (OutputStream file = Files.newOutputStream(in(folder));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry(ENTRY));
      jar.write(content());
      jar.closeEntry();
    }
  }

  static boolean isOn(List<String> classPath) {
    return classPath.stream().anyMatch(entry -> Path.of(entry).endsWith(NAME));
  }
}
