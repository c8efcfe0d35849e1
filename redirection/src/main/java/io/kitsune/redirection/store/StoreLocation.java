// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import static java.util.Objects.requireNonNull;

import io.kitsune.secret.SecretReference;
import java.nio.file.Path;
import java.util.Locale;

/** Which database holds the redirections. */
public sealed interface StoreLocation {

  /**
   * A file of this machine, shared by the gateways that run on it as the same user: the first to
   * open it serves the others over a loopback port, and another takes over when it goes.
   *
   * @param folder made where it is missing, readable by its owner only; absolute
   */
  record EmbeddedFile(Path folder) implements StoreLocation {
    public EmbeddedFile {
      if (!folder.isAbsolute()) {
        throw new IllegalArgumentException("the store's folder must be absolute: " + folder);
      }
      // H2 reads what follows a semicolon as settings.
      if (folder.toString().indexOf(';') >= 0) {
        throw new IllegalArgumentException(
            "the store's folder must not have a semicolon in its name: " + folder);
      }
    }
  }

  /**
   * A PostgreSQL database, in which a schema {@code kitsune} is made where it is missing.
   *
   * @param url {@code jdbc:postgresql://host:port/database}, without user and password
   */
  record PostgreSql(String url, SecretReference user, SecretReference password)
      implements StoreLocation {
    private static final String SCHEME = "jdbc:postgresql:";

    public PostgreSql {
      requireNonNull(user, "user");
      requireNonNull(password, "password");
      if (!url.startsWith(SCHEME)) {
        throw new IllegalArgumentException("the store's URL must begin with " + SCHEME);
      }
      String lower = url.toLowerCase(Locale.ROOT);
      if (lower.contains("password=") || lower.contains("user=") || authority(url).contains("@")) {
        throw new IllegalArgumentException(
            "the store's URL must not hold a user or password; refer to them by env:NAME or"
                + " file:/path");
      }
    }

    /** The URL without its parameters, which may hold key store passwords. */
    @Override
    public String toString() {
      int parameters = url.indexOf('?');
      return parameters < 0 ? url : url.substring(0, parameters);
    }

    private static String authority(String url) {
      int start = url.indexOf("//");
      int end = start < 0 ? -1 : url.indexOf('/', start + 2);
      return start < 0 ? "" : url.substring(start, end < 0 ? url.length() : end);
    }
  }
}
