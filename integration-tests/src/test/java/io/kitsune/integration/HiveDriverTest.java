// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Hive's JDBC driver, loaded by itself: it carries its own copies of half the world. */
class HiveDriverTest extends DriverTest {
  private static URLClassLoader loader;
  private static Driver driver;

  @BeforeAll
  static void load() throws ReflectiveOperationException, IOException {
    Path jar;
    try (Stream<Path> jars = Files.list(Path.of("target", "drivers"))) {
      jar =
          jars.filter(file -> file.getFileName().toString().startsWith("hive-jdbc"))
              .findFirst()
              .orElseThrow();
    }
    loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    driver =
        (Driver)
            loader
                .loadClass("org.apache.hive.jdbc.HiveDriver")
                .getDeclaredConstructor()
                .newInstance();
  }

  @AfterAll
  static void unload() throws IOException {
    loader.close();
  }

  @Override
  Connection connect(int port) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "hive");
    return driver.connect("jdbc:hive2://127.0.0.1:" + port + "/default", properties);
  }
}
