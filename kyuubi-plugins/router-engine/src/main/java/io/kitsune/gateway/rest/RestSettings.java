// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.reading.ReadingLimits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

/**
 * Where the REST API listens and what it puts up with.
 *
 * @param address host and port; port 0 takes a free one
 * @param maxThreads requests served at once; half of them may be waiting for a statement
 * @param maxBodyBytes the largest request body
 * @param maxPageRows rows in one page, whatever the client asks for
 * @param maxPageBytes about how long a page may be as JSON; one row is always sent, however long
 * @param maxStatements kept at once, running ones too
 * @param maxStatementsPerUser of those, one user's
 * @param idleLimit a statement that is over and was not asked about for that long is closed, and
 *     frees its rows
 * @param allowedOrigins of web pages elsewhere that may use the API: {@code https://editor:8443}
 * @param reading how large statements may be, for those with parameters, which are read here
 */
public record RestSettings(
    InetSocketAddress address,
    int maxThreads,
    int maxBodyBytes,
    int maxPageRows,
    int maxPageBytes,
    int maxStatements,
    int maxStatementsPerUser,
    Duration idleLimit,
    Set<String> allowedOrigins,
    ReadingLimits reading) {
  public RestSettings {
    requireNonNull(address, "address");
    requirePositive(maxThreads, "maxThreads");
    requirePositive(maxBodyBytes, "maxBodyBytes");
    requirePositive(maxPageRows, "maxPageRows");
    requirePositive(maxPageBytes, "maxPageBytes");
    requirePositive(maxStatements, "maxStatements");
    requirePositive(maxStatementsPerUser, "maxStatementsPerUser");
    requirePositive(idleLimit.toMillis(), "idleLimit");
    requireNonNull(reading, "reading");
    allowedOrigins = Set.copyOf(allowedOrigins);
  }

  private static void requirePositive(long value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }

  /** The defaults at that address. */
  public static RestSettings at(InetSocketAddress address) {
    return new RestSettings(
        address,
        64,
        1 << 20,
        10_000,
        4 << 20,
        1_000,
        100,
        Duration.ofMinutes(10),
        Set.of(),
        ReadingLimits.DEFAULT);
  }

  /** True if only this machine can reach it. */
  boolean onLoopback() {
    return address.getAddress() != null && address.getAddress().isLoopbackAddress();
  }
}
