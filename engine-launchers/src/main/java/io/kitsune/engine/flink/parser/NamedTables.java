// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink.parser;

import io.kitsune.router.Statement.TableReference;
import io.kitsune.router.Statement.TableReference.Role;
import io.kitsune.router.Statement.TimeTravel;
import io.kitsune.router.Veto.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Collects the tables of one statement. Names of a WITH clause are not tables within its query;
 * Flink tells upper from lower case.
 */
final class NamedTables {
  private static final Set<String> NO_NAMES = Set.of();

  private final String text;
  private final SourcePlaces places;
  private final List<TableReference> found = new ArrayList<>();
  private Role queried = Role.READ;

  /** Whether the user gave a table another name, or could have. */
  private enum Alias {
    GIVEN,
    POSSIBLE
  }

  NamedTables(String text) {
    this.text = text;
    this.places = new SourcePlaces(text);
  }

  /** In the order of the text. */
  List<TableReference> found() {
    return found.stream().sorted(Comparator.comparingInt(TableReference::start)).toList();
  }

  void statement(SqlNode node) {
    if (node instanceof SqlNodeList list) {
      list.forEach(this::statement);
    } else if (node instanceof SqlInsert insert) {
      written(insert.getTargetTable());
      query(insert.getSource(), NO_NAMES);
    } else if (node instanceof SqlDelete delete) {
      written(delete.getTargetTable());
      expression(delete.getCondition(), NO_NAMES);
    } else if (node instanceof SqlUpdate update) {
      written(update.getTargetTable());
      expression(update.getSourceExpressionList(), NO_NAMES);
      expression(update.getCondition(), NO_NAMES);
    } else if (node instanceof SqlCall call && !query(call)) {
      flinks(call);
    } else {
      expression(node, NO_NAMES);
    }
  }

  private static boolean query(SqlNode node) {
    return node.isA(SqlKind.QUERY);
  }

  /** A statement that Calcite does not have. */
  private void flinks(SqlCall call) {
    Optional<Role> role = FlinkStatement.role(call);
    if (call.getClass().getSimpleName().contains("View")) {
      queried = Role.VIEW_BODY;
    }
    for (SqlNode operand : FlinkStatement.operands(call)) {
      if (operand instanceof SqlIdentifier name) {
        role.ifPresent(known -> add(name, known, -1));
        role = Optional.empty();
      } else if (operand instanceof SqlCall || operand instanceof SqlNodeList) {
        statement(operand);
      }
    }
  }

  /** What is written into, hints behind it or not. */
  private void written(SqlNode target) {
    if (target instanceof SqlIdentifier name) {
      add(name, Role.WRITE, -1);
    } else if (target instanceof SqlCall call) {
      written(call.operand(0));
    }
  }

  private void query(SqlNode node, Set<String> names) {
    if (node instanceof SqlWith with) {
      Set<String> inner = new HashSet<>(names);
      for (SqlNode item : with.withList) {
        query(((SqlWithItem) item).query, inner);
        inner.add(((SqlWithItem) item).name.getSimple());
      }
      query(with.body, inner);
    } else if (node instanceof SqlOrderBy ordered) {
      query(ordered.query, names);
      expression(ordered.orderList, names);
    } else if (node instanceof SqlSelect select) {
      if (select.getFrom() != null) {
        from(select.getFrom(), names, Alias.POSSIBLE);
      }
      for (SqlNode operand : select.getOperandList()) {
        if (operand != null && operand != select.getFrom()) {
          expression(operand, names);
        }
      }
    } else if (node.getKind() == SqlKind.EXPLICIT_TABLE) {
      named(((SqlCall) node).operand(0), names, queried == Role.READ ? Role.DESCRIBE : queried, -1);
    } else if (node instanceof SqlCall call) {
      // UNION and its like have queries; VALUES has rows.
      call.getOperandList().forEach(operand -> expression(operand, names));
    }
  }

  /** Anything in which a query may stand. */
  private void expression(SqlNode node, Set<String> names) {
    if (node instanceof SqlNodeList list) {
      list.forEach(part -> expression(part, names));
    } else if (node instanceof SqlCall call && query(call)) {
      query(call, names);
    } else if (node instanceof SqlCall call) {
      call.getOperandList().forEach(operand -> expression(operand, names));
    }
  }

  private void from(SqlNode node, Set<String> names, Alias alias) {
    switch (node.getKind()) {
      case IDENTIFIER -> named(node, names, aliasAt(alias, places.end(node.getParserPosition())));
      case AS -> from(((SqlCall) node).operand(0), names, Alias.GIVEN);
      case JOIN -> {
        SqlJoin join = (SqlJoin) node;
        from(join.getLeft(), names, Alias.POSSIBLE);
        from(join.getRight(), names, Alias.POSSIBLE);
        expression(join.getCondition(), names);
      }
      case TABLE_REF ->
          named(((SqlCall) node).operand(0), names, aliasAt(alias, behindHints(node)));
      case SNAPSHOT -> {
        SqlCall snapshot = (SqlCall) node;
        if (snapshot.operand(0) instanceof SqlIdentifier name) {
          named(name, names, aliasAt(alias, places.end(node.getParserPosition())));
        } else {
          from(snapshot.operand(0), names, Alias.GIVEN);
        }
        expression(snapshot.operand(1), names);
      }
      case MATCH_RECOGNIZE, PIVOT, UNPIVOT, LATERAL, TABLESAMPLE, EXTEND -> {
        SqlCall call = (SqlCall) node;
        from(call.operand(0), names, Alias.GIVEN);
        call.getOperandList().stream().skip(1).forEach(operand -> expression(operand, names));
      }
      // A query, a table function, UNNEST: names directly in the latter are columns.
      default -> expression(node, names);
    }
  }

  private static int aliasAt(Alias alias, int place) {
    return alias == Alias.POSSIBLE ? place : -1;
  }

  /** Behind the comment's end, which is no part of the tree. */
  private int behindHints(SqlNode tableWithHints) {
    int end = text.indexOf("*/", places.end(tableWithHints.getParserPosition()) - 2);
    if (end < 0) {
      throw new IllegalStateException("a hint without an end");
    }
    return end + 2;
  }

  private void named(SqlNode node, Set<String> names, int aliasAt) {
    named(node, names, queried, aliasAt);
  }

  private void named(SqlNode node, Set<String> names, Role role, int aliasAt) {
    if (!(node instanceof SqlIdentifier name)) {
      expression(node, names);
    } else if (!name.isSimple() || !names.contains(name.getSimple())) {
      add(name, role, aliasAt);
    }
  }

  private void add(SqlIdentifier name, Role role, int aliasAt) {
    SqlParserPos whole = name.getParserPosition();
    int start = places.start(whole);
    int end = places.end(whole);
    check(name, start, end);
    found.add(
        new TableReference(
            name.names,
            role,
            start,
            end,
            new Position(whole.getLineNum(), whole.getColumnNum()),
            new TimeTravel.None(),
            aliasAt));
  }

  /** A place that is not the name's would break the text. */
  private void check(SqlIdentifier name, int start, int end) {
    String written = start <= end && end <= text.length() ? text.substring(start, end) : "";
    for (String part : name.names) {
      if (!written.contains(part.replace("`", "``"))) {
        throw new IllegalStateException("the name " + name + " is not where Flink's parser says");
      }
    }
  }
}
