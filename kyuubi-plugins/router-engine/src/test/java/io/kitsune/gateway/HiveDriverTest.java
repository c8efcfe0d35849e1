// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.gateway.thrift.ListenerSettings.Transport;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Hive's JDBC driver at the gateway: the jar that Hive publishes for tools, in a class loader of
 * its own, since it brings half of Hadoop with it.
 */
class HiveDriverTest extends DriverContract {
  private URLClassLoader loader;
  private Driver driver;

  @BeforeAll
  void load() throws Exception {
    // The build copies it there.
    Path jar = Path.of("target", "drivers", "hive-jdbc-standalone.jar");
    assertThat(jar).exists();
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
  void unload() throws Exception {
    loader.close();
  }

  @Override
  Connection connect(int port, Transport transport, String settings) throws SQLException {
    String authentication = transport == Transport.NOSASL ? ";auth=noSasl" : "";
    String user = settings.contains("user=") ? "" : ";user=alice;password=secret";
    return driver.connect(
        "jdbc:hive2://127.0.0.1:" + port + "/default" + authentication + user + settings,
        new Properties());
  }

  @Override
  boolean knowsCatalogs() {
    return false;
  }
}
