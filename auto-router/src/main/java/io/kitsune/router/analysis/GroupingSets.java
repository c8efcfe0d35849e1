// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.ColumnReference;
import io.kitsune.router.reading.SparkLiteral;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * The sets of keys that a GROUP BY with ROLLUP, CUBE or GROUPING SETS means: every combination of
 * the sets of its elements. Known are sets that all differ, of columns and expressions over them;
 * Spark tells equal sets apart in a way of its own.
 */
final class GroupingSets {
  /** A CUBE of seven columns. Spark computes every row once for each set. */
  private static final int MOST = 128;

  private final List<Expression> keys;
  private final List<Set<Expression>> sets;

  private GroupingSets(List<Set<Expression>> sets, Place place) {
    Set<Expression> all = new LinkedHashSet<>();
    sets.forEach(all::addAll);
    if (all.isEmpty()) {
      throw new Refusal("GROUPING SETS (())", place, "Without a column it is not known.");
    }
    this.keys = List.copyOf(all);
    this.sets = sets;
    for (Expression key : keys) {
      requireKnown(key);
    }
    if (new HashSet<>(sets).size() < sets.size()) {
      throw new Refusal("GROUP BY", place, "Equal grouping sets are not known to mean the same.");
    }
  }

  /**
   * What the clause means.
   *
   * @param group GROUP BY as read; null if there is none
   * @param columns types an expression over the columns below
   * @return empty for no GROUP BY or a plain one
   * @throws Refusal if it is not known to mean the same
   */
  static Optional<GroupingSets> of(SqlNodeList group, Function<SqlNode, Expression> columns) {
    if (group == null || group.stream().noneMatch(GroupingSets::isAnalytic)) {
      return Optional.empty();
    }
    Place place = Place.of(group);
    List<Set<Expression>> sets = List.of(Set.of());
    for (SqlNode element : group) {
      sets = combined(sets, sets(element, columns), place);
    }
    return Optional.of(new GroupingSets(sets, place));
  }

  /** The keys, each once, in the order in which they are named. */
  List<Expression> keys() {
    return keys;
  }

  /** The sets in order; a set's keys are some of {@link #keys}. */
  List<Set<Expression>> sets() {
    return sets;
  }

  /** The reference as the rows of all sets have it: NULL in those that do not group by it. */
  ColumnReference over(ColumnReference column) {
    boolean absent = keys.contains(column) && sets.stream().anyMatch(set -> !set.contains(column));
    return absent
        ? new ColumnReference(column.field(), column.name(), column.origin(), true, column.place())
        : column;
  }

  private void requireKnown(Expression key) {
    DataType type = key.type();
    if (type == Simple.DOUBLE || type == Simple.FLOAT) {
      throw new Refusal(
          type.sql(), key.place(), "As a key of grouping sets it is not known to mean the same.");
    }
    boolean everywhere = sets.stream().allMatch(set -> set.contains(key));
    if (!(key instanceof ColumnReference) && !key.nullable() && !everywhere) {
      throw new Refusal(
          "GROUP BY", key.place(), "Of this key it is not known where it becomes NULL.");
    }
  }

  private static boolean isAnalytic(SqlNode node) {
    return node.getKind() == SqlKind.ROLLUP
        || node.getKind() == SqlKind.CUBE
        || node.getKind() == SqlKind.GROUPING_SETS;
  }

  private static List<Set<Expression>> sets(
      SqlNode element, Function<SqlNode, Expression> columns) {
    if (!isAnalytic(element)) {
      return List.of(set(element, columns));
    }
    List<SqlNode> operands = ((SqlCall) element).getOperandList();
    if (element.getKind() == SqlKind.GROUPING_SETS) {
      List<Set<Expression>> sets = new ArrayList<>();
      operands.forEach(operand -> sets.addAll(sets(operand, columns)));
      return sets;
    }
    List<Set<Expression>> parts = operands.stream().map(part -> set(part, columns)).toList();
    List<Set<Expression>> sets = List.of(Set.of());
    if (element.getKind() == SqlKind.CUBE) {
      for (Set<Expression> part : parts) {
        sets = combined(sets, List.of(part, Set.of()), Place.of(element));
      }
      return sets;
    }
    List<Set<Expression>> prefixes = new ArrayList<>(sets);
    for (Set<Expression> part : parts) {
      prefixes.add(0, union(prefixes.get(0), part, Place.of(element)));
    }
    return prefixes;
  }

  /** {@code a}, {@code (a, b)} or {@code ()}. */
  private static Set<Expression> set(SqlNode node, Function<SqlNode, Expression> columns) {
    List<SqlNode> members =
        node instanceof SqlNodeList none
            ? none.getList()
            : node instanceof SqlCall row && row.getOperator() == SqlStdOperatorTable.ROW
                ? row.getOperandList()
                : List.of(node);
    Set<Expression> set = new LinkedHashSet<>();
    for (SqlNode member : members) {
      if (member instanceof SparkLiteral) {
        throw new Refusal(
            "GROUP BY", Place.of(member), "Numbers in grouping sets are not known here.");
      }
      if (!set.add(columns.apply(member))) {
        throw new Refusal("GROUP BY", Place.of(member), "The grouping set names it twice.");
      }
    }
    return set;
  }

  private static List<Set<Expression>> combined(
      List<Set<Expression>> left, List<Set<Expression>> right, Place place) {
    if ((long) left.size() * right.size() > MOST) {
      throw new Refusal("GROUP BY", place, "It has more than " + MOST + " grouping sets.");
    }
    List<Set<Expression>> all = new ArrayList<>();
    for (Set<Expression> first : left) {
      right.forEach(second -> all.add(union(first, second, place)));
    }
    return all;
  }

  private static Set<Expression> union(Set<Expression> first, Set<Expression> second, Place place) {
    Set<Expression> union = new LinkedHashSet<>(first);
    union.addAll(second);
    if (union.size() < first.size() + second.size()) {
      throw new Refusal("GROUP BY", place, "A grouping set names a column twice.");
    }
    return union;
  }
}
