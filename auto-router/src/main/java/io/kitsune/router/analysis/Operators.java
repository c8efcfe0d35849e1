// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Interval;
import io.kitsune.router.analysis.Expression.Literal;
import io.kitsune.router.reading.SparkOperators;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** The types of Spark's operators and the casts that their operands get. */
final class Operators {
  private static final Map<SqlOperator, String> ARITHMETIC = new IdentityHashMap<>();
  private static final Map<SqlOperator, String> COMPARISONS = new IdentityHashMap<>();

  static {
    ARITHMETIC.put(SqlStdOperatorTable.PLUS, "+");
    ARITHMETIC.put(SqlStdOperatorTable.MINUS, "-");
    ARITHMETIC.put(SqlStdOperatorTable.MULTIPLY, "*");
    ARITHMETIC.put(SparkOperators.DIVIDE, "/");
    ARITHMETIC.put(SparkOperators.REMAINDER, "%");
    ARITHMETIC.put(SparkOperators.INTEGRAL_DIVIDE, "div");
    COMPARISONS.put(SqlStdOperatorTable.EQUALS, "=");
    COMPARISONS.put(SqlStdOperatorTable.LESS_THAN, "<");
    COMPARISONS.put(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, "<=");
    COMPARISONS.put(SqlStdOperatorTable.GREATER_THAN, ">");
    COMPARISONS.put(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, ">=");
    COMPARISONS.put(SparkOperators.NULL_SAFE_EQUALS, "<=>");
    COMPARISONS.put(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, "<=>");
  }

  private Operators() {}

  /** The operator's call, or empty if the operator is not known. */
  static Optional<Expression> of(SqlOperator operator, List<Expression> operands, Place place) {
    if (ARITHMETIC.containsKey(operator)) {
      return Optional.of(
          arithmetic(ARITHMETIC.get(operator), operands.get(0), operands.get(1), place));
    }
    if (COMPARISONS.containsKey(operator)) {
      return Optional.of(
          comparison(COMPARISONS.get(operator), operands.get(0), operands.get(1), place));
    }
    if (operator == SqlStdOperatorTable.NOT_EQUALS) {
      return Optional.of(not(comparison("=", operands.get(0), operands.get(1), place), place));
    }
    if (operator == SqlStdOperatorTable.IS_DISTINCT_FROM) {
      return Optional.of(not(comparison("<=>", operands.get(0), operands.get(1), place), place));
    }
    if (operator == SqlStdOperatorTable.AND || operator == SqlStdOperatorTable.OR) {
      return Optional.of(logical(operator.getName().equals("AND") ? "and" : "or", operands, place));
    }
    if (operator == SqlStdOperatorTable.NOT) {
      return Optional.of(not(operands.get(0), place));
    }
    if (operator == SqlStdOperatorTable.BETWEEN) {
      return Optional.of(between(operands, place));
    }
    if (operator == SqlStdOperatorTable.NOT_BETWEEN) {
      return Optional.of(not(between(operands, place), place));
    }
    if (operator == SqlStdOperatorTable.IS_NULL) {
      return Optional.of(new Call("isnull", operands, Simple.BOOLEAN, false, place));
    }
    if (operator == SqlStdOperatorTable.IS_NOT_NULL) {
      return Optional.of(new Call("isnotnull", operands, Simple.BOOLEAN, false, place));
    }
    if (operator == SqlStdOperatorTable.LIKE) {
      return Optional.of(like(operands, place));
    }
    if (operator == SqlStdOperatorTable.NOT_LIKE) {
      return Optional.of(not(like(operands, place), place));
    }
    if (operator == SparkOperators.CONCAT) {
      return Optional.of(FunctionTypes.call("concat", operands, place));
    }
    if (operator == SqlStdOperatorTable.UNARY_MINUS) {
      return Optional.of(sign("negative", operands.get(0), place));
    }
    if (operator == SqlStdOperatorTable.UNARY_PLUS) {
      return Optional.of(sign("positive", operands.get(0), place));
    }
    return Optional.empty();
  }

  /** {@code a < b} and the like. */
  static Expression comparison(String sign, Expression left, Expression right, Place place) {
    DataType type =
        Coercion.comparison(left, right)
            .orElseThrow(() -> FunctionTypes.unknownTypes(sign, List.of(left, right), place));
    List<Expression> operands = FunctionTypes.casts(List.of(left, right), type);
    boolean nullable = !sign.equals("<=>") && operands.stream().anyMatch(Expression::nullable);
    return new Call(sign, operands, Simple.BOOLEAN, nullable, place);
  }

  static Expression not(Expression operand, Place place) {
    FunctionTypes.requireBoolean("NOT", operand, place);
    Expression typed = Coercion.cast(operand, Simple.BOOLEAN);
    return new Call("not", List.of(typed), Simple.BOOLEAN, typed.nullable(), place);
  }

  private static Expression logical(String function, List<Expression> operands, Place place) {
    operands.forEach(operand -> FunctionTypes.requireBoolean(function, operand, place));
    List<Expression> typed = FunctionTypes.casts(operands, Simple.BOOLEAN);
    return new Call(
        function, typed, Simple.BOOLEAN, typed.stream().anyMatch(Expression::nullable), place);
  }

  private static Expression between(List<Expression> operands, Place place) {
    return logical(
        "and",
        List.of(
            comparison(">=", operands.get(0), operands.get(1), place),
            comparison("<=", operands.get(0), operands.get(2), place)),
        place);
  }

  private static Expression like(List<Expression> operands, Place place) {
    if (operands.stream().anyMatch(operand -> operand.type() != Simple.STRING)) {
      throw FunctionTypes.unknownTypes("LIKE", operands, place);
    }
    return new Call(
        "like", operands, Simple.BOOLEAN, operands.stream().anyMatch(Expression::nullable), place);
  }

  private static Expression sign(String function, Expression operand, Place place) {
    if (!Coercion.isNumeric(operand.type())) {
      throw FunctionTypes.unknownTypes(function, List.of(operand), place);
    }
    return new Call(function, List.of(operand), operand.type(), operand.nullable(), place);
  }

  private static Expression arithmetic(
      String sign, Expression left, Expression right, Place place) {
    if (left.type() == Simple.DATE || right.type() == Simple.DATE) {
      return dateArithmetic(sign, left, right, place);
    }
    if (!isNumericOrNull(left) || !isNumericOrNull(right)) {
      throw FunctionTypes.unknownTypes(sign, List.of(left, right), place);
    }
    if (sign.equals("div")) {
      return integralDivision(left, right, place);
    }
    boolean fractional = Coercion.isFractional(left.type()) || Coercion.isFractional(right.type());
    boolean decimal = left.type() instanceof Decimal || right.type() instanceof Decimal;
    if (decimal && !fractional && left.type() != Simple.VOID && right.type() != Simple.VOID) {
      return decimalArithmetic(sign, left, right, place);
    }
    DataType type =
        sign.equals("/") || (decimal && fractional)
            ? Simple.DOUBLE
            : Coercion.tightest(left.type(), right.type())
                .orElseThrow(() -> FunctionTypes.unknownTypes(sign, List.of(left, right), place));
    if (type == Simple.VOID || type instanceof Decimal) {
      throw FunctionTypes.unknownTypes(sign, List.of(left, right), place);
    }
    List<Expression> operands = FunctionTypes.casts(List.of(left, right), type);
    return new Call(sign, operands, type, arithmeticNullable(sign, operands), place);
  }

  private static Expression decimalArithmetic(
      String sign, Expression left, Expression right, Place place) {
    Decimal a = Coercion.decimalOf(left);
    Decimal b = Coercion.decimalOf(right);
    Decimal type =
        switch (sign) {
          case "+", "-" -> DecimalTypes.sum(a, b);
          case "*" -> DecimalTypes.product(a, b);
          case "/" -> DecimalTypes.quotient(a, b);
          case "%" -> DecimalTypes.remainder(a, b);
          default -> throw FunctionTypes.unknownTypes(sign, List.of(left, right), place);
        };
    List<Expression> operands = List.of(Coercion.cast(left, a), Coercion.cast(right, b));
    return new Call(sign, operands, type, true, place);
  }

  private static Expression integralDivision(Expression left, Expression right, Place place) {
    if (!Coercion.isIntegral(left.type()) || !Coercion.isIntegral(right.type())) {
      throw FunctionTypes.unknownTypes("div", List.of(left, right), place);
    }
    return new Call(
        "div",
        FunctionTypes.casts(List.of(left, right), Simple.BIGINT),
        Simple.BIGINT,
        true,
        place);
  }

  /** {@code date ± interval}, {@code date ± days}. */
  private static Expression dateArithmetic(
      String sign, Expression left, Expression right, Place place) {
    Expression date = left.type() == Simple.DATE ? left : right;
    Expression amount = date == left ? right : left;
    boolean ordered = date == left || sign.equals("+");
    if (!ordered || !(sign.equals("+") || sign.equals("-")) || date.type() != Simple.DATE) {
      throw FunctionTypes.unknownTypes(sign, List.of(left, right), place);
    }
    if (amount instanceof Interval interval) {
      long factor = sign.equals("+") ? 1 : -1;
      boolean months = interval.days() == 0;
      Literal number =
          new Literal(
              factor * (months ? interval.months() : interval.days()),
              Simple.INT,
              interval.place());
      return new Call(
          months ? "date + months" : "date + days",
          List.of(date, number),
          Simple.DATE,
          date.nullable(),
          place);
    }
    if (Coercion.isIntegral(amount.type()) && amount.type() != Simple.BIGINT) {
      return FunctionTypes.call(
          sign.equals("+") ? "date_add" : "date_sub", List.of(date, amount), place);
    }
    throw FunctionTypes.unknownTypes(sign, List.of(left, right), place);
  }

  private static boolean isNumericOrNull(Expression expression) {
    return Coercion.isNumeric(expression.type()) || expression.type() == Simple.VOID;
  }

  private static boolean arithmeticNullable(String sign, List<Expression> operands) {
    return sign.equals("/") || sign.equals("%") || operands.stream().anyMatch(Expression::nullable);
  }
}
