// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.ColumnReference;
import io.kitsune.router.analysis.Source.CommonTable;
import io.kitsune.router.analysis.TypedQuery.Duplicates;
import io.kitsune.router.analysis.TypedQuery.Item;
import io.kitsune.router.analysis.TypedQuery.SetOperation;
import io.kitsune.router.reading.SparkLiteral;
import io.kitsune.router.resolution.Resolution;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;

/** Analyses queries: SELECT, set operations, VALUES, WITH, ORDER BY and LIMIT around them. */
final class QueryAnalyzer {
  /** Deeper nesting of queries than any person writes; the reader's own limit is above it. */
  private static final int MOST_NESTED = 200;

  private final SourceAnalyzer sources;
  private final Map<SqlWithItem, CommonTable> commonTables = new IdentityHashMap<>();
  private final ZoneId zone;
  private int depth;

  QueryAnalyzer(Resolution resolution, ZoneId zone) {
    this.sources = new SourceAnalyzer(this, resolution);
    this.zone = zone;
  }

  /** The session's zone, in which texts without one are read as timestamps. */
  ZoneId zone() {
    return zone;
  }

  /** Every table scanned, in the order in which it was met. */
  List<Source.TableScan> scans() {
    return sources.scans();
  }

  /** A query that may not refer to anything around it. */
  TypedQuery query(SqlNode node) {
    return query(node, Optional.empty());
  }

  /** A query in EXISTS or IN. */
  TypedQuery subquery(SqlNode node, Scope around) {
    TypedQuery query = query(node, Optional.of(around));
    Correlation.requirePlain(query, Place.of(node));
    return query;
  }

  /** A query that stands for one value. */
  TypedQuery scalarSubquery(SqlNode node, Scope around) {
    TypedQuery query = query(node, Optional.of(around));
    Correlation.requireScalar(query, Place.of(node));
    return query;
  }

  /** The WITH item, analysed once however often it is named. */
  CommonTable commonTable(SqlWithItem item) {
    CommonTable known = commonTables.get(item);
    if (known == null) {
      TypedQuery query = query(item.query);
      known = new CommonTable(item.name.getSimple(), renamed(query, item));
      commonTables.put(item, known);
    }
    return known;
  }

  private TypedQuery renamed(TypedQuery query, SqlWithItem item) {
    if (item.columnList == null) {
      return query;
    }
    List<String> names = new ArrayList<>();
    item.columnList.forEach(name -> names.add(name.toString()));
    return Selects.renamed(query, names, Place.of(item));
  }

  private TypedQuery query(SqlNode node, Optional<Scope> around) {
    if (++depth > MOST_NESTED) {
      throw new Refusal("a nested query", Place.of(node), "It is nested too deeply.");
    }
    try {
      return unlimited(node, around);
    } finally {
      depth--;
    }
  }

  private TypedQuery unlimited(SqlNode node, Optional<Scope> around) {
    if (node instanceof SqlWith with) {
      for (SqlNode item : with.withList) {
        commonTable((SqlWithItem) item);
      }
      return query(with.body, around);
    }
    if (node instanceof SqlOrderBy ordered) {
      return ordered(ordered, around);
    }
    if (node instanceof SqlSelect select) {
      return select(select, Optional.empty(), around);
    }
    SqlKind kind = node.getKind();
    if (kind == SqlKind.UNION || kind == SqlKind.INTERSECT || kind == SqlKind.EXCEPT) {
      return setOperation((SqlCall) node);
    }
    if (kind == SqlKind.VALUES) {
      return values((SqlCall) node);
    }
    if (kind == SqlKind.EXPLICIT_TABLE) {
      SourceAnalyzer.Analyzed table = sources.analyze(((SqlCall) node).operand(0));
      return Selects.all(table.source(), table.columns());
    }
    throw new Refusal(kind.name(), Place.of(node), "The kind of query is not known.");
  }

  private TypedQuery select(SqlSelect select, Optional<SqlOrderBy> order, Optional<Scope> around) {
    return new SelectAnalyzer(this, sources, select, around).analyze(order);
  }

  private TypedQuery ordered(SqlOrderBy ordered, Optional<Scope> around) {
    if (ordered.query instanceof SqlSelect select) {
      return select(select, Optional.of(ordered), around);
    }
    TypedQuery query = query(ordered.query, around);
    List<Scope.Column> columns = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (Field column : query.output()) {
      Field field = new Field(column.name(), column.type(), column.nullable());
      fields.add(field);
      columns.add(
          new Scope.Column(List.of(), field, field.nullable(), Scope.Column.Visibility.VISIBLE));
    }
    TypedQuery.Select all = Selects.all(new Source.Derived(query, "", fields), columns);
    Scope scope = new Scope(columns, Optional.empty());
    List<SortKey> keys = new ArrayList<>();
    for (SqlNode item : ordered.orderList) {
      keys.add(SortKeys.of(item, key -> outputKey(key, all, scope)));
    }
    return all.ordered(keys, rows(ordered.fetch, "LIMIT"), rows(ordered.offset, "OFFSET"));
  }

  private Expression outputKey(SqlNode key, TypedQuery.Select query, Scope scope) {
    Optional<Expression> ordinal = ordinal(key, query.items());
    return ordinal.orElseGet(
        () ->
            new ExpressionAnalyzer(
                    (parts, place) -> scope.find(parts, place).map(found -> found),
                    Scope.EMPTY,
                    this,
                    List.of(),
                    EnumSet.noneOf(ExpressionAnalyzer.Allowed.class))
                .analyze(key));
  }

  /** The output column that {@code ORDER BY 2} means; empty for anything but an INT literal. */
  static Optional<Expression> ordinal(SqlNode key, List<Item> items) {
    if (!(key instanceof SparkLiteral literal) || literal.type() != Simple.INT) {
      return Optional.empty();
    }
    int position = literal.number().intValueExact();
    if (position < 1 || position > items.size()) {
      throw new Refusal(
          "ORDER BY " + position, Place.of(key), "There is no such column; Spark reports it.");
    }
    Field field = items.get(position - 1).field();
    return Optional.of(
        new ColumnReference(
            field, field.name(), ColumnReference.Origin.OWN, field.nullable(), Place.of(key)));
  }

  /** A LIMIT's or OFFSET's number. */
  static OptionalLong rows(SqlNode node, String clause) {
    if (node == null) {
      return OptionalLong.empty();
    }
    if (node instanceof SparkLiteral literal
        && literal.type() == Simple.INT
        && literal.number().signum() >= 0) {
      return OptionalLong.of(literal.number().longValueExact());
    }
    throw new Refusal(clause, Place.of(node), "Only a whole number is known to mean the same.");
  }

  private TypedQuery setOperation(SqlCall call) {
    Place place = Place.of(call);
    TypedQuery left = query(call.operand(0));
    TypedQuery right = query(call.operand(1));
    String name = call.getOperator().getName();
    if (left.output().size() != right.output().size()) {
      throw new Refusal(name, place, "The two sides have different numbers of columns.");
    }
    List<Field> output = new ArrayList<>();
    for (int i = 0; i < left.output().size(); i++) {
      Field a = left.output().get(i);
      Field b = right.output().get(i);
      DataType type =
          Coercion.wider(a.type(), b.type())
              .orElseThrow(
                  () ->
                      new Refusal(
                          name,
                          place,
                          "There is no common type of "
                              + a.type().sql()
                              + " and "
                              + b.type().sql()));
      output.add(new Field(a.name(), type, a.nullable() || b.nullable()));
    }
    boolean all = name.endsWith(" ALL");
    SetOperation.Kind kind =
        switch (call.getKind()) {
          case UNION -> SetOperation.Kind.UNION;
          case INTERSECT -> SetOperation.Kind.INTERSECT;
          default -> SetOperation.Kind.EXCEPT;
        };
    return new SetOperation(kind, all ? Duplicates.KEPT : Duplicates.DROPPED, left, right, output);
  }

  private TypedQuery values(SqlCall call) {
    ExpressionAnalyzer expressions =
        new ExpressionAnalyzer(
            (parts, place) -> Optional.empty(),
            Scope.EMPTY,
            this,
            List.of(),
            EnumSet.noneOf(ExpressionAnalyzer.Allowed.class));
    List<List<Expression>> rows = new ArrayList<>();
    for (SqlNode row : call.getOperandList()) {
      rows.add(((SqlCall) row).getOperandList().stream().map(expressions::analyze).toList());
    }
    int width = rows.get(0).size();
    if (rows.stream().anyMatch(row -> row.size() != width)) {
      throw new Refusal("VALUES", Place.of(call), "The rows differ in length.");
    }
    List<Field> output = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      int column = i;
      List<Expression> all = rows.stream().map(row -> row.get(column)).toList();
      DataType type = FunctionTypes.widest("VALUES", all, Place.of(call));
      boolean nullable = all.stream().anyMatch(Expression::nullable);
      output.add(new Field("col" + (i + 1), type, nullable));
    }
    List<List<Expression>> typed = new ArrayList<>();
    for (List<Expression> row : rows) {
      List<Expression> cells = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        cells.add(Coercion.cast(row.get(i), output.get(i).type()));
      }
      typed.add(cells);
    }
    return new TypedQuery.Values(typed, output);
  }

  /** The conjuncts of a condition. */
  static List<Expression> conjuncts(Expression condition) {
    if (condition instanceof Expression.Call call && call.function().equals("and")) {
      List<Expression> all = new ArrayList<>();
      call.arguments().forEach(argument -> all.addAll(conjuncts(argument)));
      return all;
    }
    return List.of(condition);
  }

  /** The names of a list of identifiers. */
  static List<String> names(SqlNodeList list) {
    List<String> names = new ArrayList<>();
    list.forEach(name -> names.add(((SqlIdentifier) name).getSimple()));
    return names;
  }
}
