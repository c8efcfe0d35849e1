// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar as it goes into Kyuubi's {@code jars} folder. */
class PackagedAdvisorIT {
  private static final String INTERFACE = "org.apache.kyuubi.plugin.SessionConfAdvisor";

  private final Path jar = Path.of(System.getProperty("kitsune.packaged.jar"));

  @Test
  void holdsOnlyItsOwnClassesInJava8Bytecode() throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      List<JarEntry> classes =
          file.stream().filter(entry -> entry.getName().endsWith(".class")).toList();
      assertThat(classes)
          .isNotEmpty()
          .allSatisfy(entry -> assertThat(entry.getName()).startsWith("io/kitsune/kyuubi/"));
      for (JarEntry entry : classes) {
        try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
          assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
          in.readUnsignedShort();
          assertThat(in.readUnsignedShort()).as(entry.getName()).isEqualTo(52);
        }
      }
    }
  }

  @Test
  void worksWithNothingButTheJdkAndKyuubisInterface() throws Exception {
    try (URLClassLoader loader = jarIn(new KyuubiClasses())) {
      assertThat(askedIn(loader)).containsEntry("kyuubi.engine.type", "JDBC");
    }
  }

  @Test
  void leavesTheSessionToKyuubiWhereAClassOfItsOwnIsMissing() throws Exception {
    URL[] urls = {jar.toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(urls, new KyuubiClasses()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals("io.kitsune.kyuubi.OpenedSession")) {
              throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
          }
        }) {
      assertThat(askedIn(loader)).isEmpty();
    }
  }

  private URLClassLoader jarIn(ClassLoader server) throws IOException {
    return new URLClassLoader(new URL[] {jar.toUri().toURL()}, server);
  }

  /** What the advisor of that loader answers, called as Kyuubi's server does. */
  @SuppressWarnings("unchecked")
  private static Map<String, String> askedIn(URLClassLoader loader) throws Exception {
    Class<?> advisor = loader.loadClass("io.kitsune.kyuubi.KitsuneSessionConfAdvisor");
    assertThat(advisor.getClassLoader()).isSameAs(loader);
    Object instance = advisor.getConstructor().newInstance();
    Object overlay =
        loader
            .loadClass(INTERFACE)
            .getMethod("getConfOverlay", String.class, Map.class)
            .invoke(instance, "ana", Map.of());
    return (Map<String, String>) overlay;
  }

  /** Stands for the server's class path: the JDK and the one interface. */
  private static final class KyuubiClasses extends ClassLoader {
    KyuubiClasses() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!name.equals(INTERFACE)) {
        throw new ClassNotFoundException(name);
      }
      Path file = Path.of(System.getProperty("kitsune.classes"), name.replace('.', '/') + ".class");
      try {
        byte[] bytes = Files.readAllBytes(file);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
