// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Aggregate;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Exists;
import io.kitsune.router.analysis.Expression.InSubquery;
import io.kitsune.router.analysis.Expression.Literal;
import io.kitsune.router.analysis.Expression.ScalarSubquery;
import io.kitsune.router.reading.SparkFunction;
import io.kitsune.router.reading.SparkLiteral;
import io.kitsune.router.reading.SparkOperators;
import io.kitsune.router.reading.SparkTypeName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Types the expressions of one clause. */
final class ExpressionAnalyzer {
  /** What a clause may hold besides functions of one row. */
  enum Allowed {
    AGGREGATES,
    WINDOWS,
    /** EXISTS and IN with a query. */
    PREDICATE_QUERIES,
    SCALAR_QUERIES
  }

  /** What names mean in the clause. */
  interface Names {
    Optional<Expression> find(List<String> parts, Place place);
  }

  private final Names names;
  private final Scope around;
  private final QueryAnalyzer queries;
  private final WindowAnalyzer windows;
  private final Set<Allowed> allowed;

  /**
   * An analyzer of one clause.
   *
   * @param around what sub-queries of the clause may refer to
   */
  ExpressionAnalyzer(
      Names names,
      Scope around,
      QueryAnalyzer queries,
      List<SqlWindow> namedWindows,
      Set<Allowed> allowed) {
    this.names = names;
    this.around = around;
    this.queries = queries;
    this.windows = new WindowAnalyzer(this, namedWindows);
    this.allowed = allowed.isEmpty() ? EnumSet.noneOf(Allowed.class) : EnumSet.copyOf(allowed);
  }

  /** The expression, typed. */
  Expression analyze(SqlNode node) {
    Place place = Place.of(node);
    if (node instanceof SparkLiteral literal) {
      return Literals.of(literal, queries.zone(), place);
    }
    if (node instanceof SqlIdentifier identifier) {
      return column(identifier, place);
    }
    if (node instanceof SqlCase branches) {
      return caseExpression(branches, place);
    }
    if (node instanceof SqlCall call) {
      return Timestamps.folded(call(call, place), queries.zone());
    }
    throw new Refusal(node.getKind().name(), place, "The construct is not known.");
  }

  private List<Expression> analyzeAll(List<? extends SqlNode> nodes) {
    List<Expression> expressions = new ArrayList<>();
    for (SqlNode node : nodes) {
      expressions.add(analyze(node));
    }
    return expressions;
  }

  private Expression column(SqlIdentifier identifier, Place place) {
    if (identifier.isStar()) {
      throw new Refusal("*", place, "A star here is not known to mean the same.");
    }
    return names
        .find(identifier.names, place)
        .orElseThrow(
            () ->
                new Refusal(
                    String.join(".", identifier.names),
                    place,
                    "No such column is known here; if it is an error, Spark reports it."));
  }

  private Expression call(SqlCall call, Place place) {
    SqlOperator operator = call.getOperator();
    if (operator instanceof SparkFunction function) {
      return function(function, call, place);
    }
    if (operator == SqlStdOperatorTable.CAST) {
      DataType type = SparkTypeName.of((SqlDataTypeSpec) call.operand(1));
      return FunctionTypes.written(analyze(call.operand(0)), type, place);
    }
    if (operator == SqlStdOperatorTable.EXISTS) {
      require(Allowed.PREDICATE_QUERIES, "EXISTS", place);
      return new Exists(queries.subquery(call.operand(0), around), place);
    }
    if (operator == SqlStdOperatorTable.SCALAR_QUERY) {
      return scalarQuery(call.operand(0), place);
    }
    if (operator == SqlStdOperatorTable.OVER) {
      require(Allowed.WINDOWS, "OVER", place);
      return windows.analyze(call, place);
    }
    if (operator == SqlStdOperatorTable.IN) {
      return in(call, place);
    }
    if (operator == SqlStdOperatorTable.NOT_IN) {
      return Operators.not(in(call, place), place);
    }
    if (operator == SparkOperators.INTERVAL) {
      return Literals.interval(call.getOperandList(), place);
    }
    if (operator == SparkOperators.EXTRACT) {
      return FunctionTypes.extract(
          ((SparkLiteral) call.operand(0)).text(), analyze(call.operand(1)), place);
    }
    return Operators.of(operator, analyzeAll(call.getOperandList()), place)
        .orElseThrow(
            () ->
                new Refusal(
                    operator.getName(), place, "The construct is not known to be the same."));
  }

  private Expression function(SparkFunction function, SqlCall call, Place place) {
    String name = function.getName();
    if (function.qualified()) {
      throw new Refusal(name, place, "A function of a schema is only known to Spark.");
    }
    boolean distinct =
        call.getFunctionQuantifier() != null
            && call.getFunctionQuantifier().getValue() == SqlSelectKeyword.DISTINCT;
    if (AggregateTypes.isAggregate(name)) {
      require(Allowed.AGGREGATES, name, place);
      return aggregate(name, distinct, call, place);
    }
    if (distinct) {
      throw new Refusal(name, place, "DISTINCT is not known to mean the same for this function.");
    }
    // Both are one function to the parser, but labels tell them apart.
    boolean substr =
        name.equals("substring") && function.writtenName().get(0).equalsIgnoreCase("substr");
    return FunctionTypes.call(substr ? "substr" : name, analyzeAll(call.getOperandList()), place);
  }

  /** An aggregate function, its arguments without aggregates of their own. */
  Aggregate aggregate(String name, boolean distinct, SqlCall call, Place place) {
    List<Expression> arguments;
    if (call.operandCount() == 1
        && call.operand(0) instanceof SqlIdentifier star
        && star.isStar()) {
      if (star.names.size() > 1 || distinct || !name.equals("count")) {
        throw new Refusal(name + "(*)", place, "It is not known to mean the same.");
      }
      arguments = List.of(new Literal(1L, Simple.INT, place));
    } else {
      Set<Allowed> inside = EnumSet.copyOf(allowed);
      inside.removeAll(EnumSet.of(Allowed.AGGREGATES, Allowed.WINDOWS));
      arguments = with(inside).analyzeAll(call.getOperandList());
    }
    return AggregateTypes.aggregate(
        name,
        distinct ? Aggregate.Quantifier.DISTINCT : Aggregate.Quantifier.ALL,
        arguments,
        place);
  }

  /** The same names, with other things allowed. */
  ExpressionAnalyzer with(Set<Allowed> nowAllowed) {
    return new ExpressionAnalyzer(names, around, queries, windows.named(), nowAllowed);
  }

  /** The arguments of a window's aggregate: aggregates of the grouping may stand in them. */
  Aggregate windowAggregate(String name, SqlCall call, Place place) {
    if (call.getFunctionQuantifier() != null) {
      throw new Refusal(name, place, "DISTINCT over a window is not known to mean the same.");
    }
    if (call.operandCount() == 1
        && call.operand(0) instanceof SqlIdentifier star
        && star.isStar()) {
      return aggregate(name, false, call, place);
    }
    Set<Allowed> inside = EnumSet.copyOf(allowed);
    inside.remove(Allowed.WINDOWS);
    List<Expression> arguments = with(inside).analyzeAll(call.getOperandList());
    return AggregateTypes.aggregate(name, Aggregate.Quantifier.ALL, arguments, place);
  }

  private Expression scalarQuery(SqlNode query, Place place) {
    require(Allowed.SCALAR_QUERIES, "a scalar sub-query", place);
    TypedQuery typed = queries.scalarSubquery(query, around);
    if (typed.output().size() != 1) {
      throw new Refusal("a scalar sub-query", place, "It has more than one column.");
    }
    return new ScalarSubquery(typed, place);
  }

  private Expression in(SqlCall call, Place place) {
    Expression value = analyze(call.operand(0));
    SqlNode right = call.operand(1);
    if (right instanceof SqlNodeList list) {
      List<Expression> all = new ArrayList<>();
      all.add(value);
      all.addAll(analyzeAll(list));
      List<Expression> typed = FunctionTypes.casts(all, FunctionTypes.widest("IN", all, place));
      boolean nullable = all.stream().anyMatch(Expression::nullable);
      return new Call("in", typed, Simple.BOOLEAN, nullable, place);
    }
    require(Allowed.PREDICATE_QUERIES, "IN (query)", place);
    if (value instanceof Call row && row.function().equals("row")) {
      throw new Refusal("IN (query)", place, "IN of several columns is not known to be the same.");
    }
    TypedQuery query = queries.subquery(right, around);
    if (query.output().size() != 1) {
      throw new Refusal("IN (query)", place, "The query has more than one column.");
    }
    DataType column = query.output().get(0).type();
    DataType type =
        Coercion.tightest(value.type(), column)
            .orElseThrow(() -> FunctionTypes.unknownTypes("IN", List.of(value), place));
    return new InSubquery(Coercion.cast(value, type), query, type, place);
  }

  private Expression caseExpression(SqlCase node, Place place) {
    Optional<Expression> operand = Optional.ofNullable(node.getValueOperand()).map(this::analyze);
    List<Expression> conditions = new ArrayList<>();
    for (SqlNode when : node.getWhenOperands()) {
      Expression condition = analyze(when);
      conditions.add(
          operand
              .map(value -> Operators.comparison("=", value, condition, Place.of(when)))
              .orElse(condition));
    }
    List<Expression> values = new ArrayList<>(analyzeAll(node.getThenOperands()));
    boolean hasElse = node.getElseOperand() != null;
    if (hasElse) {
      values.add(analyze(node.getElseOperand()));
    }
    DataType type = FunctionTypes.widest("CASE", values, place);
    List<Expression> arguments = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      FunctionTypes.requireCondition("CASE", conditions.get(i), place);
      arguments.add(conditions.get(i));
      arguments.add(Coercion.cast(values.get(i), type));
    }
    if (hasElse) {
      arguments.add(Coercion.cast(values.get(values.size() - 1), type));
    }
    boolean nullable = !hasElse || values.stream().anyMatch(Expression::nullable);
    return new Call("case", arguments, type, nullable, place);
  }

  private void require(Allowed what, String construct, Place place) {
    if (!allowed.contains(what)) {
      throw new Refusal(
          construct.toLowerCase(Locale.ROOT),
          place,
          construct + " is not known to mean the same in this place.");
    }
  }

  /** True if the node has the kind of a sort item's wrapper. */
  static boolean isSortWrapper(SqlNode node) {
    return node.getKind() == SqlKind.DESCENDING
        || node.getKind() == SqlKind.NULLS_FIRST
        || node.getKind() == SqlKind.NULLS_LAST;
  }
}
