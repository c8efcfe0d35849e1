// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.router.Engine;

/** What becomes of an engine, and the queries that are there when it happens; it is their first. */
enum Fate {
  SPARK_IS_KILLED(
      Engine.SPARK,
      // Only Spark may take it.
      "SELECT percentile_approx(a.id, 0.5), count(*), max(b.text)"
          + " FROM shop.for_spark a JOIN shop.for_spark b ON a.id = b.id",
      "SELECT id, substring(text, 1, 32) FROM shop.for_spark",
      KillableLake.ROWS,
      "08006 ENGINE_GONE"),
  TRINO_IS_KILLED(
      Engine.TRINO,
      "SELECT count(*), max(a.id), max(b.text)"
          + " FROM shop.for_trino a JOIN shop.for_trino b ON a.text = b.text",
      "SELECT id, substring(text, 1, 32) FROM shop.for_trino",
      KillableLake.ROWS,
      "08006 ENGINE_GONE"),
  DUCKDB_IS_OUT_OF_MEMORY(
      Engine.DUCKDB,
      "SELECT count(*) FROM (SELECT DISTINCT text FROM shop.numbers) t",
      "SELECT id, substring(text, 1, 32) FROM shop.growing",
      KillableLake.GROWING_ROWS,
      "53200 ENGINE_OUT_OF_MEMORY");

  private final Engine engine;
  private final String waiting;
  private final String halfRead;
  private final int rows;
  private final String error;

  Fate(Engine engine, String waiting, String halfRead, int rows, String error) {
    this.engine = engine;
    this.waiting = waiting;
    this.halfRead = halfRead;
    this.rows = rows;
    this.error = error;
  }

  /** Whose it is. */
  Engine engine() {
    return engine;
  }

  /** A query that has no row yet. */
  String waiting() {
    return waiting;
  }

  /**
   * A query of an id and the beginning of its text, of which a client has read the first rows and
   * never gets the last.
   */
  String halfRead() {
    return halfRead;
  }

  /** How many rows {@link #halfRead} has at least. */
  int rows() {
    return rows;
  }

  /** SQLSTATE and code of the error that {@link #halfRead} ends with. */
  String error() {
    return error;
  }

  /** Makes it so, where it does not come by itself. */
  void happen(KillableLake lake) {
    if (engine != Engine.DUCKDB) {
      assertThat(lake.kill(engine)).isEqualTo(1);
    }
  }
}
