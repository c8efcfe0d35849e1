// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The REST API. */
@Describe(
    "The router engine's own REST API, at http://host:port/api/v1: docs/rest.md. Users say who they are as at the frontend's port.")
public interface RestKeys {
  @Describe("Whether it is served.")
  @WithDefault("true")
  boolean enabled();

  @Describe(
      "The address to listen on; the frontend's unless set. Another than loopback needs authentication.")
  Optional<String> host();

  @Describe(
      "The port to listen on; 0 takes a free one. Kyuubi's server has the same by itself: beside one, choose another.")
  @Between(least = 0, most = 65_535)
  @WithDefault("10099")
  int port();

  @Describe(
      "Requests served at once; each holds a thread, and half of them may be waiting for a statement.")
  @Between(least = 2, most = 10_000)
  @WithDefault("64")
  int maxThreads();

  @Describe("The largest request body.")
  @SizeBetween(least = "4KiB", most = "64MiB")
  @WithDefault("4MiB")
  MemorySize maxBodySize();

  @Describe("Rows in one page, whatever the client asks for.")
  @Between(least = 1, most = 1_000_000)
  @WithDefault("10000")
  int maxPageRows();

  @Describe(
      "About how long a page may be; one row is always sent, however long. The last page of each statement is kept.")
  @SizeBetween(least = "4KiB", most = "64MiB")
  @WithDefault("4MiB")
  MemorySize maxPageSize();

  @Describe("Statements that are kept at once, those that run and those that have ended.")
  @Between(least = 1, most = 100_000)
  @WithDefault("1000")
  int maxStatements();

  @Describe("Of those, one user's.")
  @Between(least = 1, most = 100_000)
  @WithDefault("100")
  int maxStatementsPerUser();

  @Describe(
      "A statement that has ended and was not asked about for so long is closed, and frees its rows.")
  @WithDefault("10m")
  Duration idleTimeout();

  @Describe(
      "Web pages of other origins that may use the API, such as https://editor.example:8443; by default none may.")
  Optional<List<String>> allowedOrigins();
}
