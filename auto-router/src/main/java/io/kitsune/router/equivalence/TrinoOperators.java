// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Literal;
import io.kitsune.router.analysis.Refusal;
import java.util.List;

/**
 * Arithmetic and comparisons, by Spark's rules with ANSI mode off. Integers that wrap in Spark fail
 * in Trino.
 */
final class TrinoOperators {
  private TrinoOperators() {}

  /** {@code + - * / % div} of operands that are already of one type, or decimals. */
  static String arithmetic(Call call, List<String> arguments) {
    String a = arguments.get(0);
    String b = arguments.get(1);
    DataType type = call.type();
    String sign = call.function();
    if (type instanceof Decimal decimal) {
      return decimalArithmetic(call, a, b, decimal);
    }
    if (type != Simple.DOUBLE && !TrinoCasts.isIntegral(type)) {
      throw refused(call);
    }
    return switch (sign) {
      case "+", "-", "*" -> "(" + a + " " + sign + " " + b + ")";
      case "%" -> "(" + a + " % NULLIF(" + b + ", 0))";
      case "/", "div" -> {
        if (sign.equals("/") != (type == Simple.DOUBLE)) {
          throw refused(call);
        }
        yield "(" + a + " / NULLIF(" + b + ", 0))";
      }
      default -> throw refused(call);
    };
  }

  private static String decimalArithmetic(Call call, String a, String b, Decimal result) {
    Decimal typeA = (Decimal) call.arguments().get(0).type();
    Decimal typeB = (Decimal) call.arguments().get(1).type();
    return switch (call.function()) {
      case "+", "-" -> TrinoDecimals.sum(call.function(), a, typeA, b, typeB, result, call.place());
      case "*" -> TrinoDecimals.product(a, typeA, b, typeB, result, call.place());
      case "/" -> TrinoDecimals.quotient(a, typeA, b, typeB, result, call.place());
      case "%" -> TrinoDecimals.remainder(a, b, result, call.place());
      default -> throw refused(call);
    };
  }

  /** {@code -a} or {@code abs(a)}. */
  static String sign(Call call, List<String> arguments) {
    DataType type = call.type();
    if (type instanceof Decimal || type == Simple.DOUBLE || TrinoCasts.isIntegral(type)) {
      String a = arguments.get(0);
      return call.function().equals("abs") ? "abs(" + a + ")" : "(- " + a + ")";
    }
    throw refused(call);
  }

  /**
   * {@code = < <= > >=}. In Spark NaN equals NaN and is larger than every other number; in Trino it
   * is neither equal to, smaller nor larger than anything.
   */
  static String comparison(Call call, List<String> arguments) {
    String sign = call.function();
    Expression left = call.arguments().get(0);
    Expression right = call.arguments().get(1);
    String a = arguments.get(0);
    String b = arguments.get(1);
    String plain = "(" + a + " " + sign + " " + b + ")";
    if (!TrinoCasts.isFloating(left.type())) {
      return plain;
    }
    boolean leftIsNumber = isNumber(left);
    boolean rightIsNumber = isNumber(right);
    return switch (sign) {
      case "=" ->
          leftIsNumber || rightIsNumber
              ? plain
              : "(" + plain + " OR (is_nan(" + a + ") AND is_nan(" + b + ")))";
      case "<" -> rightIsNumber ? plain : below(plain, a, b);
      case ">" -> leftIsNumber ? plain : below(plain, b, a);
      case "<=" -> rightIsNumber ? plain : notAbove(plain, a, b);
      case ">=" -> leftIsNumber ? plain : notAbove(plain, b, a);
      default -> throw refused(call);
    };
  }

  private static String below(String plain, String small, String large) {
    return "(" + plain + " OR (is_nan(" + large + ") AND NOT is_nan(" + small + ")))";
  }

  private static String notAbove(String plain, String small, String large) {
    return "(" + plain + " OR (is_nan(" + large + ") AND " + small + " IS NOT NULL))";
  }

  /** Whether the expression is a number that is certainly not NaN. */
  static boolean isNumber(Expression expression) {
    return expression instanceof Literal literal
        && literal.value() instanceof Number number
        && !Double.isNaN(number.doubleValue());
  }

  private static Refusal refused(Call call) {
    return FunctionForms.refused(
        call, "It is not known to mean the same for " + call.type().sql() + ".");
  }
}
