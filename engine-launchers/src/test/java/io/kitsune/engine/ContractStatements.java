// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.Dispatch;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statements of the contracts, as an engine wants them written. */
public interface ContractStatements {
  /** The columns of {@link #everyType}; VOID only where the engine has such a type. */
  List<Column> EVERY_COLUMN =
      List.of(
          Column.of("b", Simple.BOOLEAN),
          Column.of("t", Simple.TINYINT),
          Column.of("s", Simple.SMALLINT),
          Column.of("i", Simple.INT),
          Column.of("l", Simple.BIGINT),
          Column.of("f", Simple.FLOAT),
          Column.of("d", Simple.DOUBLE),
          Column.of("d1", new DataType.Decimal(10, 2)),
          Column.of("d2", new DataType.Decimal(38, 18)),
          Column.of("v", Simple.STRING),
          Column.of("x", Simple.BINARY),
          Column.of("dt", Simple.DATE),
          Column.of("ts", Simple.TIMESTAMP),
          Column.of("ntz", Simple.TIMESTAMP_NTZ),
          Column.of("a", new DataType.Array(Simple.INT, true)),
          Column.of("m", new DataType.Map(Simple.STRING, Simple.INT, true)),
          Column.of(
              "st",
              new DataType.Struct(
                  List.of(
                      new DataType.Field("p", Simple.INT, true),
                      new DataType.Field("q", Simple.STRING, true)))),
          Column.of("n", Simple.VOID));

  /**
   * Rows {@code (id BIGINT, name STRING)}: {@code (i, 'row-i')} for i from 0, in that order.
   *
   * @param count may be 0
   */
  Dispatch rows(long count);

  /** {@link #rows} with so many that an engine that held them all would be noticed. */
  long manyRows();

  /** One row of that many INT columns {@code c0, c1, …} with the values 0, 1, …. */
  Dispatch wide(int columns);

  /** Runs for minutes before its first row, and uses little memory. */
  Dispatch slow();

  /** Is not a statement: a syntax error. */
  Dispatch malformed();

  /** Fails while it runs, because of a value ({@code CAST('abc' AS INT)} with ANSI rules). */
  Dispatch failing();

  /** A dispatch that is for another engine. */
  Dispatch foreign();

  /**
   * The rows of {@link EngineContract#EVERY_TYPE}, in that order, with the columns {@link
   * #EVERY_COLUMN}.
   */
  Dispatch everyType();

  /**
   * One row with one whole number: the hour that it was at noon of 2024-01-01 in UTC, in the time
   * zone of a session with {@link EngineContract#settings(String, String)}.
   *
   * @param zone the session's zone, for engines that are told with each statement
   */
  Dispatch hour(String zone);

  /** {@link #wide}'s text where nothing about it is the engine's own. */
  static String selectNumbers(int columns) {
    return IntStream.range(0, columns)
        .mapToObj(i -> i + " AS c" + i)
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }

  /** Run before all others, in a session of their own: they make what the others read. */
  default List<Dispatch> first() {
    return List.of();
  }
}
