// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import java.util.Locale;
import java.util.Optional;

/** Who can answer a statement. */
public enum Engine {
  /** The gateway itself: questions to the catalogs and to the session, which need no engine. */
  GATEWAY,
  /** DuckDB, embedded in the gateway. */
  DUCKDB,
  /** Trino. */
  TRINO,
  /** Spark: the reference for what a statement means, and the engine for all that is not known. */
  SPARK,
  /** Flink. */
  FLINK;

  /** The name as users write it: {@code duckdb}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The engine of that name, whatever its case; empty if there is none. */
  public static Optional<Engine> parse(String text) {
    for (Engine engine : values()) {
      if (engine.id().equals(text.strip().toLowerCase(Locale.ROOT))) {
        return Optional.of(engine);
      }
    }
    return Optional.empty();
  }
}
