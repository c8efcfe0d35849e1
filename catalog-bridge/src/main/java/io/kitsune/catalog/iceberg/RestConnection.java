// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.rest.HTTPClient;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.RESTSessionCatalog;
import org.apache.iceberg.rest.RESTUtil;

/**
 * Iceberg's REST client, opened when first used (it asks the server for its configuration and a
 * token then) and again if that failed. Thread-safe.
 */
final class RestConnection implements AutoCloseable {
  private final String catalog;
  private final RestSettings settings;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile Opened opened;
  private boolean closed;

  // Tables with the same properties and credentials share one FileIO, and so its manifest cache.
  private final Cache<Map<String, String>, ReadOnlyFileIO> fileIos =
      Caffeine.newBuilder().weakValues().build();

  RestConnection(String catalog, RestSettings settings) {
    this.catalog = requireNonNull(catalog, "catalog");
    this.settings = requireNonNull(settings, "settings");
  }

  /** The client. One that waits for another caller to open it waits for a bounded time. */
  RESTSessionCatalog client() {
    Opened current = opened;
    return (current == null ? open() : current).client();
  }

  /** The client if it has been opened; reaches no server. */
  Optional<RESTSessionCatalog> openedClient() {
    return Optional.ofNullable(opened).map(Opened::client);
  }

  /**
   * Closes the client if the places of its secrets hold others now, so that the next call opens one
   * with those; for when the server refused the ones in use.
   */
  void renewIfSecretsChanged() {
    Map<String, String> present = readSecrets();
    Opened stale = null;
    opening.lock();
    try {
      if (opened != null && !opened.secrets().equals(present)) {
        stale = opened;
        opened = null;
      }
    } finally {
      opening.unlock();
    }
    close(stale);
  }

  private Map<String, String> readSecrets() {
    Map<String, String> values = new TreeMap<>();
    settings.secrets().forEach((key, place) -> values.put(key, place.read()));
    return values;
  }

  private Opened open() {
    Duration limit = settings.connectTimeout().plus(settings.readTimeout());
    try {
      if (!opening.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new KitsuneException(
            "CATALOG_TIMEOUT",
            "08001",
            "catalog %s at %s: no connection within %d ms; others wait for it too"
                .formatted(catalog, settings.uri(), limit.toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KitsuneException(
          "CATALOG_INTERRUPTED",
          "57014",
          "catalog %s: interrupted while it was being opened".formatted(catalog),
          e);
    }
    try {
      if (closed) {
        throw new KitsuneException(
            "CATALOG_CLOSED", "08003", "catalog %s is closed".formatted(catalog));
      }
      if (opened == null) {
        opened = newClient();
      }
      return opened;
    } finally {
      opening.unlock();
    }
  }

  private Opened newClient() {
    Map<String, String> secrets = readSecrets();
    Map<String, String> properties = new TreeMap<>(settings.client());
    properties.putAll(secrets);
    RESTSessionCatalog client =
        new RESTSessionCatalog(RestConnection::http, (context, config) -> fileIo(config));
    try {
      client.initialize(catalog, properties);
      return new Opened(client, secrets);
    } catch (RuntimeException e) {
      try {
        client.close();
      } catch (IOException | RuntimeException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private static RESTClient http(Map<String, String> config) {
    return HTTPClient.builder(config)
        .uri(config.get("uri"))
        .withHeaders(RESTUtil.configHeaders(config))
        .build();
  }

  private FileIO fileIo(Map<String, String> config) {
    return fileIos.get(
        Map.copyOf(config), properties -> new ReadOnlyFileIO(properties, settings.allowed()));
  }

  @Override
  public void close() {
    Opened last;
    opening.lock();
    try {
      closed = true;
      last = opened;
      opened = null;
    } finally {
      opening.unlock();
    }
    fileIos.asMap().values().forEach(ReadOnlyFileIO::release);
    close(last);
  }

  private static void close(Opened opened) {
    if (opened == null) {
      return;
    }
    try {
      opened.client().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client and the secrets it was opened with. */
  private record Opened(RESTSessionCatalog client, Map<String, String> secrets) {
    @Override
    public String toString() {
      return "Opened" + secrets.keySet();
    }
  }
}
