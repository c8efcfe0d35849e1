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

/**
 * The connections of one user of the state's database, and the one shape of its failures.
 * Thread-safe.
 */
public final class StoreDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreDatabase.class);

  /** How long a caller waits for a connection, a lock or an answer. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A look at the revision takes well under a millisecond; more connections would idle. */
  private static final int CONNECTIONS = 4;

  private final StoreLocation location;
  private final StoreSchema schema;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private StoreDatabase(StoreLocation location, StoreSchema schema, HikariDataSource pool) {
    this.location = location;
    this.schema = schema;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    jdbi.registerArrayType(String.class, "varchar");
  }

  /**
   * Connects, and brings the tables of the schema up to date.
   *
   * @throws KitsuneException the schema's, where the database cannot be used
   */
  public static StoreDatabase open(StoreLocation location, StoreSchema schema) {
    HikariConfig config = configure(location);
    config.setPoolName("kitsune-" + schema.name());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setValidationTimeout(PATIENCE.toMillis() / 2);
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw unavailable(schema, location, e);
    }
    try {
      migrate(pool, schema);
      return new StoreDatabase(location, schema, pool);
    } catch (FlywayException e) {
      pool.close();
      throw unavailable(schema, location, e);
    }
  }

  /** Runs a read; once more if the connection turned out to be broken. */
  public <T> T read(HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.withHandle(work);
    } catch (JdbiException e) {
      if (!brokenConnection(e)) {
        throw unavailable(schema, location, e);
      }
      LOG.warn("the connection to the {} {} broke, trying another", schema.what(), location, e);
      // The others of the pool are likely to be as dead.
      pool.getHikariPoolMXBean().softEvictConnections();
    }
    try {
      return jdbi.withHandle(work);
    } catch (JdbiException e) {
      throw unavailable(schema, location, e);
    }
  }

  /** Runs a change in a transaction, and returns when it is on disk. Never run twice. */
  public <T> T change(HandleCallback<T, RuntimeException> work) {
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
      throw unavailable(schema, location, e);
    }
  }

  /** As {@link #change}, for what may be lost with the machine: it need not be on disk yet. */
  public <T> T append(HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.inTransaction(work);
    } catch (JdbiException e) {
      throw unavailable(schema, location, e);
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

  private static void migrate(HikariDataSource pool, StoreSchema schema) {
    Flyway.configure(StoreDatabase.class.getClassLoader())
        .dataSource(pool)
        .locations("classpath:" + schema.migrations())
        .defaultSchema(schema.name())
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

  private static KitsuneException unavailable(
      StoreSchema schema, StoreLocation location, Exception cause) {
    return new KitsuneException(
        schema.unavailable(),
        "08006",
        "the %s %s cannot be used: %s; a change that was under way may have been made, look before you repeat it"
            .formatted(schema.what(), location, rootMessage(cause)),
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
