// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.ProgressListener;
import io.kitsune.secret.SecretReference;
import java.util.List;
import java.util.Map;

/**
 * One of Kitsune's catalogs, as Trino needs to know it. Its {@code files} are Iceberg's FileIO
 * properties ({@code s3.endpoint}, {@code client.region}), its {@code fileSecrets} those of them
 * that are credentials.
 */
public sealed interface TrinoCatalog {
  /** Kitsune's name of it. */
  String name();

  /** FileIO properties that are no credentials. */
  Map<String, String> files();

  /** FileIO properties that are credentials. */
  Map<String, SecretReference> fileSecrets();

  /** Where a Hive Metastore is; asked when Trino starts, so that it may be started first. */
  @FunctionalInterface
  interface Metastore {
    /** Its thrift URI, or several with commas between. */
    String uris(ProgressListener listener);
  }

  /**
   * Everything in a Hive Metastore: a Trino catalog for Hive tables, and one for Iceberg tables.
   */
  record HiveMetastore(
      String name,
      Metastore metastore,
      Map<String, String> files,
      Map<String, SecretReference> fileSecrets)
      implements TrinoCatalog {
    public HiveMetastore {
      requireNonNull(name, "name");
      requireNonNull(metastore, "metastore");
      files = Map.copyOf(files);
      fileSecrets = Map.copyOf(fileSecrets);
    }
  }

  /** The Iceberg tables in a Hive Metastore. */
  record IcebergMetastore(
      String name,
      Metastore metastore,
      Map<String, String> files,
      Map<String, SecretReference> fileSecrets)
      implements TrinoCatalog {
    public IcebergMetastore {
      requireNonNull(name, "name");
      requireNonNull(metastore, "metastore");
      files = Map.copyOf(files);
      fileSecrets = Map.copyOf(fileSecrets);
    }
  }

  /**
   * An Iceberg REST catalog.
   *
   * @param uri of the server
   * @param options {@code warehouse}, {@code prefix}, {@code scope}, {@code oauth2-server-uri},
   *     each optional
   * @param secrets {@code token} or {@code credential} for OAuth2, or neither
   * @param locations the folders whose files the server may name; Trino gets access to local files
   *     only where one of them is local
   */
  record IcebergRest(
      String name,
      String uri,
      Map<String, String> options,
      Map<String, SecretReference> secrets,
      List<String> locations,
      Map<String, String> files,
      Map<String, SecretReference> fileSecrets)
      implements TrinoCatalog {
    public IcebergRest {
      requireNonNull(name, "name");
      requireNonNull(uri, "uri");
      options = Map.copyOf(options);
      secrets = Map.copyOf(secrets);
      locations = List.copyOf(locations);
      files = Map.copyOf(files);
      fileSecrets = Map.copyOf(fileSecrets);
    }

    boolean local() {
      return locations.stream()
          .anyMatch(location -> location.startsWith("/") || location.startsWith("file:"));
    }
  }
}
