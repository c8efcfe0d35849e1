// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Kyuubi's JDBC driver of an older version, in one jar with an Arrow of its own. */
class ShadedKyuubiArrowTest extends ArrowContract {
  private URLClassLoader loader;
  private Driver driver;

  @BeforeAll
  void load() throws Exception {
    // The build copies it there.
    Path jar = Path.of("target", "drivers", "kyuubi-hive-jdbc-shaded.jar");
    assertThat(jar).exists();
    loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    driver =
        (Driver)
            loader
                .loadClass("org.apache.kyuubi.jdbc.KyuubiHiveDriver")
                .getDeclaredConstructor()
                .newInstance();
  }

  @AfterAll
  void unload() throws Exception {
    loader.close();
  }

  @Override
  Connection connect(String authority, String settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "alice");
    properties.setProperty("password", "secret");
    return driver.connect("jdbc:kyuubi://" + authority + "/default;?" + settings, properties);
  }
}
