// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Table;
import io.kitsune.catalog.TableName;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWithItem;

/** What a table's name in a query stands for. Immutable. */
public sealed interface Relation {
  /**
   * A table of a catalog, after redirection.
   *
   * @param table a Hive or Iceberg table, never a view; as of the version that the text asks for
   * @param written the full name that the text means, before redirection
   */
  record Base(Table table, TableName written) implements Relation {
    public Base {
      requireNonNull(table, "table");
      requireNonNull(written, "written");
    }
  }

  /**
   * A view, stored or temporary. The names in its body are resolved too, in the same {@link
   * Resolution}; positions in the body are those of {@code text}.
   *
   * @param name as users know it
   * @param text the body's text
   * @param tree the body
   * @param columns the labels of its columns in order; empty where those of the body are meant
   */
  record Expanded(String name, String text, SqlNode tree, List<String> columns)
      implements Relation {
    public Expanded {
      requireNonNull(name, "name");
      requireNonNull(text, "text");
      requireNonNull(tree, "tree");
      columns = List.copyOf(columns);
    }
  }

  /** A WITH item of the query, in scope where the name stands. */
  record CommonTable(SqlWithItem item) implements Relation {
    public CommonTable {
      requireNonNull(item, "item");
    }
  }

  /**
   * Something that only Spark can find: a metadata table, a path, a global temporary view, a name
   * in a catalog that Kitsune does not know.
   *
   * @param construct what it is, for a veto
   * @param reason one sentence for the user
   */
  record SparkOnly(String construct, String reason) implements Relation {
    public SparkOnly {
      requireNonNull(construct, "construct");
      requireNonNull(reason, "reason");
    }
  }
}
