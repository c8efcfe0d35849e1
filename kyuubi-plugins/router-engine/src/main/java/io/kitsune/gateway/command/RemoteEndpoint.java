// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.error.KitsuneException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.apache.kyuubi.jdbc.KyuubiHiveDriver;

/** A server that already runs, at a JDBC URL. */
record RemoteEndpoint(String url, String user, String password) implements Endpoint {
  RemoteEndpoint {
    if (!url.startsWith("jdbc:kyuubi://") && !url.startsWith("jdbc:hive2://")) {
      throw new KitsuneException(
          "CONFIG_VALUE_INVALID",
          "F0000",
          "--url is jdbc:kyuubi://HOST:PORT/DATABASE or jdbc:hive2://HOST:PORT/DATABASE, not "
              + url);
    }
  }

  @Override
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return new KyuubiHiveDriver().connect(url, properties);
  }

  @Override
  public void close() {
    // The server belongs to somebody else.
  }

  /** Without the password. */
  @Override
  public String toString() {
    return url + " as " + user;
  }
}
