// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import com.zaxxer.hikari.HikariConfig;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.store.StoreLocation.EmbeddedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.h2.engine.SysProperties;
import org.jdbi.v3.core.Handle;

/**
 * H2 over a file. In its automatic mixed mode the first process to open the file also serves it to
 * the others, who find address and key in a lock file beside it and open the file themselves when
 * that process goes.
 */
final class EmbeddedDatabase {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String BIND_ADDRESS = "h2.bindAddress";

  private EmbeddedDatabase() {}

  static HikariConfig configure(EmbeddedFile file) {
    keepToLoopback();
    prepare(file.folder());
    HikariConfig config = new HikariConfig();
    // async: the other file systems close the database when a thread that reads or writes is
    // interrupted, and cancelling a statement may interrupt one.
    config.setJdbcUrl(
        "jdbc:h2:async:%s;AUTO_SERVER=TRUE;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;LOCK_TIMEOUT=%d"
            .formatted(file.folder().resolve("kitsune"), StoreDatabase.PATIENCE.toMillis()));
    config.setUsername("kitsune");
    config.setPassword("");
    // The loser of two that open the file in the same moment, and who finds the lock file of a
    // killed
    // process (H2 lets it grow 2 to 4 s old), tries again until then.
    config.setInitializationFailTimeout(2 * StoreDatabase.PATIENCE.toMillis());
    return config;
  }

  /** A commit alone leaves the page with the operating system. */
  static void flush(Handle handle) {
    handle.execute("CHECKPOINT SYNC");
  }

  /**
   * Who can reach the port and read the key in the lock file can change where names lead: so the
   * port is on loopback, and the folder its owner's alone. H2 reads the address from a system
   * property, once, when its classes are first used.
   */
  private static void keepToLoopback() {
    if (System.getProperty(BIND_ADDRESS) == null) {
      System.setProperty(BIND_ADDRESS, LOOPBACK);
    }
    if (!LOOPBACK.equals(SysProperties.BIND_ADDRESS)) {
      throw new KitsuneException(
          "REDIRECTION_STORE_UNAVAILABLE",
          "08006",
          "the redirection store would listen on %s; start the JVM with -D%s=%s"
              .formatted(SysProperties.BIND_ADDRESS, BIND_ADDRESS, LOOPBACK));
    }
  }

  private static void prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException e) {
      throw new KitsuneException(
          "REDIRECTION_STORE_UNAVAILABLE",
          "08006",
          "the redirection store's folder %s cannot be made this user's own: %s; choose another or correct its owner"
              .formatted(folder, e),
          e);
    }
  }
}
