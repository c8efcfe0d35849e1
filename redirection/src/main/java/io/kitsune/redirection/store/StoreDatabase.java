// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.store.StoreLocation.EmbeddedFile;
import io.kitsune.redirection.store.StoreLocation.PostgreSql;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to the store's database, and the one shape of its failures. Thread-safe. */
final class StoreDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreDatabase.class);

  /** How long a caller waits for a connection, a lock or an answer. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A look at the revision takes well under a millisecond; more connections would idle. */
  private static final int CONNECTIONS = 4;

  private final StoreLocation location;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private StoreDatabase(StoreLocation location, HikariDataSource pool) {
    this.location = location;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    jdbi.registerArrayType(String.class, "varchar");
  }

  /** Connects, and brings the tables up to date. */
  static StoreDatabase open(StoreLocation location) {
    HikariConfig config = configure(location);
    config.setPoolName("kitsune-redirections");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setValidationTimeout(PATIENCE.toMillis() / 2);
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw unavailable(location, e);
    }
    try {
      migrate(pool);
      return new StoreDatabase(location, pool);
    } catch (FlywayException e) {
      pool.close();
      throw unavailable(location, e);
    }
  }

  /** Runs a read; once more if the connection turned out to be broken. */
  <T> T read(HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.withHandle(work);
    } catch (JdbiException e) {
      if (!brokenConnection(e)) {
        throw unavailable(location, e);
      }
      LOG.warn("the connection to the redirection store {} broke, trying another", location, e);
      // The others of the pool are likely to be as dead.
      pool.getHikariPoolMXBean().softEvictConnections();
    }
    try {
      return jdbi.withHandle(work);
    } catch (JdbiException e) {
      throw unavailable(location, e);
    }
  }

  /** Runs a change in a transaction, and returns when it is on disk. Never run twice. */
  <T> T change(HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.withHandle(
          handle -> {
            T result = handle.inTransaction(work);
            if (location instanceof EmbeddedFile) {
              EmbeddedDatabase.flush(handle);
            }
            return result;
          });
    } catch (JdbiException e) {
      throw unavailable(location, e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private static HikariConfig configure(StoreLocation location) {
    if (location instanceof EmbeddedFile file) {
      return EmbeddedDatabase.configure(file);
    }
    if (location instanceof PostgreSql postgreSql) {
      return PostgreSqlDatabase.configure(postgreSql);
    }
    throw new IllegalArgumentException("unknown store: " + location);
  }

  private static void migrate(HikariDataSource pool) {
    Flyway.configure(StoreDatabase.class.getClassLoader())
        .dataSource(pool)
        .locations("classpath:io/kitsune/redirection/store")
        .defaultSchema("kitsune")
        .createSchemas(true)
        .table("schema_history")
        .validateMigrationNaming(true)
        .load()
        .migrate();
  }

  private static boolean brokenConnection(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        // Class 08 is a broken connection, 57P01 to 57P03 PostgreSQL going down; the 90 codes are
        // H2's for a
        // connection or database that was closed.
        if (state.startsWith("08")
            || state.startsWith("57P0")
            || state.equals("90067")
            || state.equals("90098")
            || state.equals("90121")) {
          return true;
        }
      }
    }
    return false;
  }

  private static KitsuneException unavailable(StoreLocation location, Exception cause) {
    return new KitsuneException(
        "REDIRECTION_STORE_UNAVAILABLE",
        "08006",
        "the redirection store %s cannot be used: %s; a change that was under way may have been made, look before you repeat it"
            .formatted(location, rootMessage(cause)),
        cause);
  }

  private static String rootMessage(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }
}
