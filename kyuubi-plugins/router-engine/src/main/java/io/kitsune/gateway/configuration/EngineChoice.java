// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

/** Who runs a statement. */
public enum EngineChoice {
  /** The router decides. */
  AUTO,
  /** DuckDB, inside the gateway. */
  DUCKDB,
  /** Trino. */
  TRINO,
  /** Spark. */
  SPARK,
  /** Flink. */
  FLINK
}
