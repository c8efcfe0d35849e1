// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import com.zaxxer.hikari.HikariConfig;
import io.kitsune.redirection.store.StoreLocation.PostgreSql;

/** PostgreSQL, with a limit on every wait. */
final class PostgreSqlDatabase {
  private PostgreSqlDatabase() {}

  static HikariConfig configure(PostgreSql location) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(location.url());
    config.setUsername(location.user().read());
    config.setPassword(location.password().read());
    // One attempt: an address or password that is wrong should be known at once.
    config.setInitializationFailTimeout(1);
    String seconds = Long.toString(StoreDatabase.PATIENCE.toSeconds());
    config.addDataSourceProperty("connectTimeout", seconds);
    config.addDataSourceProperty(
        "socketTimeout", Long.toString(2 * StoreDatabase.PATIENCE.toSeconds()));
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("ApplicationName", "kitsune");
    long millis = StoreDatabase.PATIENCE.toMillis();
    config.setConnectionInitSql(
        "SET lock_timeout = %d; SET statement_timeout = %d".formatted(millis, millis));
    return config;
  }
}
