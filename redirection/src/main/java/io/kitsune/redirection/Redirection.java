// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.TableName;
import java.time.Instant;

/**
 * A Hive table and the Iceberg table that takes its place.
 *
 * @param changed when the phase was last changed
 */
public record Redirection(TableName source, TableName target, Phase phase, Instant changed) {
  public Redirection {
    requireNonNull(source, "source");
    requireNonNull(target, "target");
    requireNonNull(phase, "phase");
    requireNonNull(changed, "changed");
    if (source.equals(target)) {
      throw new IllegalArgumentException("a table cannot be redirected to itself: " + source);
    }
  }
}
