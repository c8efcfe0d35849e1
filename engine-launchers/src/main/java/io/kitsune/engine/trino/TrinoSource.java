// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.process.Artifacts;
import io.kitsune.secret.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where Trino comes from. */
public sealed interface TrinoSource {
  /**
   * Trino 476 with its Hive and Iceberg connectors, fetched as Maven artifacts and started here, on
   * a loopback port that only this gateway can use.
   *
   * @param folder where it keeps its log and temporary files
   * @param javaHomes where to look for a Java that it runs on, in this order
   * @param heapMegabytes its heap
   * @param catalogs its catalogs
   * @param aotCache whether its classes are kept for faster starts
   */
  record Launch(
      Artifacts artifacts,
      Path folder,
      List<Path> javaHomes,
      int heapMegabytes,
      TrinoCatalogs catalogs,
      AotCacheUse aotCache)
      implements TrinoSource {
    public Launch {
      requireNonNull(artifacts, "artifacts");
      folder = folder.toAbsolutePath();
      javaHomes = List.copyOf(javaHomes);
      if (heapMegabytes < 512) {
        throw new IllegalArgumentException("Trino needs 512 MB of heap, not " + heapMegabytes);
      }
      requireNonNull(catalogs, "catalogs");
      requireNonNull(aotCache, "aotCache");
    }
  }

  /** Whether the classes that a start loads are kept in a file that the next start maps. */
  sealed interface AotCacheUse {
    /** They are not. */
    record None() implements AotCacheUse {}

    /**
     * They are.
     *
     * @param after how long after a start the file is made, at the earliest; it takes half a minute
     *     of a processor
     */
    record Kept(Duration after) implements AotCacheUse {
      /** A minute after the start: the first statements are over. */
      public static final Kept DEFAULT = new Kept(Duration.ofMinutes(1));

      public Kept {
        requireNonNull(after, "after");
      }
    }
  }

  /**
   * A cluster that runs already, or a Trino Gateway before several. Nothing is started or stopped.
   *
   * @param url {@code http://host:port} or {@code https://host:port}
   * @param authentication who Kitsune is to it; statements run as the end user all the same, so one
   *     that is not {@link Authentication.EndUser} must be allowed to impersonate
   * @param trust whose certificates are believed
   * @param extras what goes with every statement
   * @param catalogs names of its catalogs that must be there
   */
  record Endpoint(
      URI url,
      Authentication authentication,
      Trust trust,
      StatementExtras extras,
      Set<String> catalogs)
      implements TrinoSource {
    public Endpoint {
      boolean secure = "https".equalsIgnoreCase(url.getScheme());
      if (!(secure || "http".equalsIgnoreCase(url.getScheme()))
          || url.getHost() == null
          || url.getRawUserInfo() != null
          || url.getRawQuery() != null) {
        // Not repeated: it may have a password in it.
        throw new IllegalArgumentException(
            "must be http://host:port or https://host:port, without a user, a password or parameters");
      }
      requireNonNull(authentication, "authentication");
      if (!secure && !(authentication instanceof Authentication.EndUser)) {
        throw new IllegalArgumentException(
            "a password or token is sent over https only, and the URL is " + url);
      }
      requireNonNull(trust, "trust");
      requireNonNull(extras, "extras");
      catalogs = Set.copyOf(catalogs);
    }
  }

  /** Who Kitsune is to a cluster. */
  sealed interface Authentication {
    /** Nobody in particular: the end user's name is believed. */
    record EndUser() implements Authentication {}

    /** A user of the cluster's with a password. */
    record Password(String user, SecretReference password) implements Authentication {
      public Password {
        requireNonNull(user, "user");
        requireNonNull(password, "password");
      }
    }

    /** The bearer of a JWT, or of another access token. */
    record AccessToken(SecretReference token) implements Authentication {
      public AccessToken {
        requireNonNull(token, "token");
      }
    }
  }

  /** Whose certificates are believed; matters for https only. */
  sealed interface Trust {
    /** Those that Java trusts. */
    record JavaDefaults() implements Trust {}

    /** Those in a PEM file. */
    record PemFile(Path file) implements Trust {
      public PemFile {
        requireNonNull(file, "file");
      }
    }

    /** Those in a Java key store. */
    record KeyStore(Path file, SecretReference password) implements Trust {
      public KeyStore {
        requireNonNull(file, "file");
        requireNonNull(password, "password");
      }
    }
  }

  /**
   * What goes with every statement.
   *
   * @param source the client's name in the cluster's list of queries and in its resource groups
   * @param clientTags for its resource groups
   * @param sessionProperties {@code name} or {@code catalog.name} to value
   * @param roles catalog to role
   * @param credentials extra credentials for connectors that want them
   */
  record StatementExtras(
      String source,
      Set<String> clientTags,
      Map<String, String> sessionProperties,
      Map<String, String> roles,
      Map<String, SecretReference> credentials) {
    /** The source {@code kitsune} and nothing else. */
    public static final StatementExtras NONE =
        new StatementExtras("kitsune", Set.of(), Map.of(), Map.of(), Map.of());

    public StatementExtras {
      requireNonNull(source, "source");
      clientTags = Set.copyOf(clientTags);
      sessionProperties = Map.copyOf(sessionProperties);
      roles = Map.copyOf(roles);
      credentials = Map.copyOf(credentials);
    }
  }
}
