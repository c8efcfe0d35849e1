// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Column;
import java.util.List;
import java.util.Map;
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

  /**
   * For Trino: a query that Kitsune's writer built; it names catalogs as Trino knows them and casts
   * every column of the result to the Trino type of Spark's.
   *
   * @param columns the result's labels and types, Spark's
   * @param timeZone the session's time zone, an IANA name
   */
  record TrinoQuery(String text, List<Column> columns, String timeZone) implements Dispatch {
    public TrinoQuery {
      requireNonNull(text, "text");
      columns = List.copyOf(columns);
      requireNonNull(timeZone, "timeZone");
    }
  }

  /**
   * For Flink: the user's own text, redirected names replaced.
   *
   * @param settings the session's; those that are Flink's hold for the statement
   */
  record FlinkStatement(String text, Map<String, String> settings) implements Dispatch {
    public FlinkStatement {
      requireNonNull(text, "text");
      settings = Map.copyOf(settings);
    }
  }

  /** For the gateway itself: the statement is answered from catalogs and session. */
  record GatewayAnswer(String text) implements Dispatch {
    public GatewayAnswer {
      requireNonNull(text, "text");
    }
  }
}
