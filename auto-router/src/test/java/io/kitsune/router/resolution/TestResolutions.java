// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.catalog.Table;
import io.kitsune.catalog.TableName;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;

/** Resolutions of queries over tables that a test made up, without a catalog. */
public final class TestResolutions {
  private final Function<String, Table> tables;
  private final Map<SqlIdentifier, Relation> relations = new IdentityHashMap<>();

  private TestResolutions(Function<String, Table> tables) {
    this.tables = tables;
  }

  /** Resolves every name of one part by the function, CTE names before it. */
  public static Resolution of(SqlNode tree, Function<String, Table> tables) {
    TestResolutions resolutions = new TestResolutions(tables);
    resolutions.visit(tree, Map.of());
    return new Resolution(resolutions.relations, List.of());
  }

  private void visit(SqlNode node, Map<String, SqlWithItem> items) {
    if (node instanceof SqlWith with) {
      Map<String, SqlWithItem> inside = new HashMap<>(items);
      for (SqlNode each : with.withList) {
        SqlWithItem item = (SqlWithItem) each;
        visit(item.query, inside);
        inside.put(item.name.getSimple().toLowerCase(Locale.ROOT), item);
      }
      visit(with.body, inside);
    } else if (node instanceof SqlSelect select) {
      from(select.getFrom(), items);
      select.getOperandList().stream()
          .filter(operand -> operand != select.getFrom())
          .forEach(operand -> visit(operand, items));
    } else if (node != null && node.getKind() == SqlKind.EXPLICIT_TABLE) {
      from(((SqlCall) node).operand(0), items);
    } else if (node instanceof SqlNodeList list) {
      list.forEach(each -> visit(each, items));
    } else if (node instanceof SqlCall call) {
      call.getOperandList().forEach(operand -> visit(operand, items));
    }
  }

  private void from(SqlNode node, Map<String, SqlWithItem> items) {
    if (node instanceof SqlIdentifier name) {
      String key = name.names.get(name.names.size() - 1).toLowerCase(Locale.ROOT);
      SqlWithItem item = items.get(key);
      relations.put(
          name,
          item != null
              ? new Relation.CommonTable(item)
              : new Relation.Base(
                  tables.apply(key), TableName.of("spark_catalog", "default", key)));
    } else if (node instanceof SqlJoin join) {
      from(join.getLeft(), items);
      from(join.getRight(), items);
      visit(join.getCondition(), items);
    } else if (node != null && node.getKind() == SqlKind.AS) {
      from(((SqlCall) node).operand(0), items);
    } else {
      visit(node, items);
    }
  }
}
