// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.CatalogProperties;
import io.kitsune.secret.SecretReference;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a REST catalog's properties say.
 *
 * @param uri the server's address
 * @param client the properties handed to Iceberg's client, but for the secret ones
 * @param secrets the properties handed to it that are read anew whenever it is opened
 * @param connectTimeout for a connection
 * @param readTimeout for the next bytes of an answer
 * @param timeout for a whole call, retries included
 * @param allowed the places whose files the server may name
 */
record RestSettings(
    String uri,
    Map<String, String> client,
    Map<String, SecretReference> secrets,
    Duration connectTimeout,
    Duration readTimeout,
    Duration timeout,
    AllowedLocations allowed) {
  private static final String ALLOWED = "allowed-locations";

  private static final Set<String> CREDENTIAL_HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "x-api-key");

  RestSettings {
    requireNonNull(uri, "uri");
    client = Map.copyOf(client);
    secrets = Map.copyOf(secrets);
    requireNonNull(connectTimeout, "connectTimeout");
    requireNonNull(readTimeout, "readTimeout");
    requireNonNull(timeout, "timeout");
    requireNonNull(allowed, "allowed");
  }

  /** Reads every property of a catalog of this type. */
  static RestSettings read(CatalogProperties properties) {
    String uri = address(properties);
    Map<String, String> client = new TreeMap<>(properties.startingWith("io."));
    Map<String, SecretReference> secrets = new TreeMap<>();
    properties
        .startingWith("io-secret.")
        .keySet()
        .forEach(key -> secrets.put(key, secret(properties, "io-secret." + key)));
    client.put("uri", uri);
    properties.text("warehouse").ifPresent(value -> client.put("warehouse", value));
    properties.text("prefix").ifPresent(value -> client.put("prefix", value));
    properties.text("scope").ifPresent(value -> client.put("scope", value));
    properties.text("oauth2-server-uri").ifPresent(value -> client.put("oauth2-server-uri", value));
    properties.secret("credential").ifPresent(place -> secrets.put("credential", place));
    properties.secret("token").ifPresent(place -> secrets.put("token", place));
    headers(properties, client, secrets);
    Duration connectTimeout = timeout(properties, "connect-timeout", Duration.ofSeconds(5));
    Duration readTimeout = timeout(properties, "read-timeout", Duration.ofSeconds(30));
    client.put("rest.client.connection-timeout-ms", Long.toString(connectTimeout.toMillis()));
    client.put("rest.client.socket-timeout-ms", Long.toString(readTimeout.toMillis()));
    // Iceberg's own default of 5 waits half a minute and more before it says that a server is down.
    int retries = properties.number("retries", 1, 1, 10);
    client.put("rest.client.max-retries", Integer.toString(retries));
    // Scans are planned here, over metadata pinned here: there is nobody to report them to.
    client.put("rest-metrics-reporting-enabled", "false");
    return new RestSettings(
        uri,
        client,
        secrets,
        connectTimeout,
        readTimeout,
        timeout(properties, "timeout", Duration.ofMinutes(1)),
        allowed(properties));
  }

  private static AllowedLocations allowed(CatalogProperties properties) {
    List<String> locations =
        properties.text(ALLOWED).stream()
            .flatMap(text -> Stream.of(text.split(",", -1)))
            .map(String::strip)
            .toList();
    try {
      return new ListedLocations(properties.fullKey(ALLOWED), locations);
    } catch (IllegalArgumentException e) {
      throw properties.invalid(
          ALLOWED, "folders with commas between, such as file:/lake or s3://bucket/lake", e);
    }
  }

  private static String address(CatalogProperties properties) {
    String text = properties.requiredText("uri");
    String wanted = "an http or https address without a user or password in it";
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (uri.getHost() == null || uri.getUserInfo() != null || !scheme.matches("https?")) {
        throw properties.invalid("uri", wanted, null);
      }
      return text;
    } catch (URISyntaxException e) {
      throw properties.invalid("uri", wanted, e);
    }
  }

  private static void headers(
      CatalogProperties properties,
      Map<String, String> client,
      Map<String, SecretReference> secrets) {
    properties
        .startingWith("header.")
        .forEach(
            (name, value) -> {
              String key = "header." + name;
              boolean reference = value.startsWith("env:") || value.startsWith("file:");
              if (reference || CREDENTIAL_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                secrets.put(key, secret(properties, key));
              } else {
                client.put(key, value.strip());
              }
            });
  }

  private static SecretReference secret(CatalogProperties properties, String key) {
    return properties
        .secret(key)
        .orElseThrow(() -> properties.invalid(key, "env:NAME or file:/absolute/path", null));
  }

  private static Duration timeout(CatalogProperties properties, String key, Duration fallback) {
    Duration timeout = properties.duration(key, fallback);
    if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
      throw properties.invalid(key, "a length of time from 1ms to 10m", null);
    }
    return timeout;
  }
}
