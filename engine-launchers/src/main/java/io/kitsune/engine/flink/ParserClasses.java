// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.router.Statement.TableReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Flink's parser with its Calcite, and the classes of ours that use it. From the gateway come only
 * Kitsune's own types, which go in and out, and the logging; all else is the parser's or Java's.
 */
final class ParserClasses extends URLClassLoader {
  private static final String OURS = "io.kitsune.engine.flink.parser.";
  private static final String PARSER = OURS + "FlinkParser";
  private static final List<String> SHARED = List.of("io.kitsune.", "org.slf4j.");

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader gateway = ParserClasses.class.getClassLoader();

  private ParserClasses(URL[] jars) {
    super("flink-parser", jars, ClassLoader.getPlatformClassLoader());
  }

  static ParserClasses of(List<Path> jars) {
    return new ParserClasses(jars.stream().map(ParserClasses::url).toArray(URL[]::new));
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("a file has an address: " + jar, e);
    }
  }

  @SuppressWarnings("unchecked")
  Function<String, List<TableReference>> parser() {
    try {
      return (Function<String, List<TableReference>>)
          loadClass(PARSER).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Flink's parser is not the one that was expected", e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(OURS)) {
      return defineOurs(name);
    } else if (SHARED.stream().anyMatch(name::startsWith)) {
      return gateway.loadClass(name);
    }
    return super.findClass(name);
  }

  private Class<?> defineOurs(String name) throws ClassNotFoundException {
    try (InputStream in = gateway.getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
