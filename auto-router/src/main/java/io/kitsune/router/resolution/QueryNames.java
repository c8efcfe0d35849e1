// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.router.reading.SparkLiteral;
import io.kitsune.router.reading.SparkOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Walks a query's tree to the names of tables, each with the WITH items in its scope. */
final class QueryNames {
  private final List<Occurrence> occurrences = new ArrayList<>();

  private QueryNames() {}

  /**
   * A table's name in a FROM clause.
   *
   * @param item the WITH item that it means, or null
   * @param ambiguous whether an outer WITH has an item of that name too, which Spark refuses
   * @param version null, or the VERSION AS OF or TIMESTAMP AS OF call around it
   */
  record Occurrence(SqlIdentifier name, SqlWithItem item, boolean ambiguous, SqlCall version) {}

  /** The items of WITH that are in scope, innermost first; null is the empty scope. */
  private record Scope(SqlWithItem item, Scope outer) {
    static Scope find(Scope scope, SqlIdentifier name) {
      Scope at = name.isSimple() ? scope : null;
      while (at != null && !at.item.name.getSimple().equalsIgnoreCase(name.getSimple())) {
        at = at.outer;
      }
      return at;
    }
  }

  static List<Occurrence> in(SqlNode query) {
    QueryNames names = new QueryNames();
    names.expression(query, null);
    return names.occurrences;
  }

  private void expression(SqlNode node, Scope scope) {
    if (node instanceof SqlWith with) {
      Scope inner = scope;
      for (SqlNode item : with.withList) {
        expression(((SqlWithItem) item).query, inner);
        inner = new Scope((SqlWithItem) item, inner);
      }
      expression(with.body, inner);
    } else if (node instanceof SqlSelect select) {
      select(select, scope);
    } else if (node instanceof SqlOrderBy orderBy) {
      each(orderBy.getOperandList(), scope);
    } else if (node instanceof SqlNodeList list) {
      each(list, scope);
    } else if (node instanceof SqlCall call) {
      SqlOperator operator = call.getOperator();
      if (operator == SqlStdOperatorTable.EXPLICIT_TABLE) {
        relation(call.operand(0), null, scope);
      } else {
        each(call.getOperandList(), scope);
      }
    }
  }

  private void each(Iterable<? extends SqlNode> nodes, Scope scope) {
    for (SqlNode node : nodes) {
      expression(node, scope);
    }
  }

  private void select(SqlSelect select, Scope scope) {
    if (select.getFrom() != null) {
      relation(select.getFrom(), null, scope);
    }
    expression(select.getSelectList(), scope);
    expression(select.getWhere(), scope);
    expression(select.getGroup(), scope);
    expression(select.getHaving(), scope);
    expression(select.getWindowList(), scope);
  }

  private void relation(SqlNode node, SqlCall version, Scope scope) {
    if (node instanceof SqlIdentifier name) {
      Scope found = version == null ? Scope.find(scope, name) : null;
      occurrences.add(
          found == null
              ? new Occurrence(name, null, false, version)
              : new Occurrence(name, found.item, Scope.find(found.outer, name) != null, version));
    } else if (node instanceof SqlJoin join) {
      relation(join.getLeft(), null, scope);
      relation(join.getRight(), null, scope);
      expression(join.getCondition(), scope);
    } else if (node instanceof SqlBasicCall call) {
      call(call, scope);
    } else {
      expression(node, scope);
    }
  }

  private void call(SqlBasicCall call, Scope scope) {
    SqlOperator operator = call.getOperator();
    boolean versioned =
        operator == SparkOperators.VERSION_AS_OF || operator == SparkOperators.TIMESTAMP_AS_OF;
    boolean wraps =
        versioned
            || call.getKind() == SqlKind.AS
            || operator == SqlStdOperatorTable.LATERAL
            || operator == SparkOperators.TABLE_SAMPLE
            || operator == SparkOperators.LATERAL_VIEW
            || operator == SparkOperators.LATERAL_VIEW_OUTER;
    if (!wraps) {
      expression(call, scope);
      return;
    }
    relation(call.operand(0), versioned ? call : null, scope);
    for (SqlNode other : call.getOperandList().subList(1, call.operandCount())) {
      expression(other, scope);
    }
  }

  /** The literal that a version clause names, if it is one. */
  static Optional<String> literal(SqlCall version) {
    return version.operand(1) instanceof SparkLiteral literal
        ? Optional.of(literal.text())
        : Optional.empty();
  }
}
