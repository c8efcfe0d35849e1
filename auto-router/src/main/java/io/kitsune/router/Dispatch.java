// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Column;
import java.util.List;
import java.util.Set;

/** What is sent to the chosen engine. */
public sealed interface Dispatch {
  /** The text as it would be shown by {@code EXPLAIN ROUTE}. */
  String text();

  /** For Spark: the user's own text, redirected names replaced. */
  record SparkStatement(String text) implements Dispatch {
    public SparkStatement {
      requireNonNull(text, "text");
    }
  }

  /**
   * For DuckDB: a query that Kitsune's writer built.
   *
   * @param columns the result's labels and types, Spark's
   * @param files the only files the query may open: absolute paths
   * @param timeZone the session's time zone, an IANA name
   */
  record DuckDbQuery(String text, List<Column> columns, Set<String> files, String timeZone)
      implements Dispatch {
    public DuckDbQuery {
      requireNonNull(text, "text");
      columns = List.copyOf(columns);
      files = Set.copyOf(files);
      requireNonNull(timeZone, "timeZone");
    }
  }

  /** For the gateway itself: the statement is answered from catalogs and session. */
  record GatewayAnswer(String text) implements Dispatch {
    public GatewayAnswer {
      requireNonNull(text, "text");
    }
  }
}
