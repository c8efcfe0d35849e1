// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.DuckDbText;
import java.util.List;

/** Arithmetic on numbers and dates, by Spark's rules with ANSI mode off. */
final class DuckDbOperators {
  private DuckDbOperators() {}

  /** {@code + - * / % div} of operands that are already of one type, or decimals. */
  static String arithmetic(Call call, List<String> arguments) {
    String a = arguments.get(0);
    String b = arguments.get(1);
    DataType type = call.type();
    String sign = call.function();
    if (type instanceof Decimal decimal) {
      return decimalArithmetic(call, a, b, decimal);
    }
    if (type == Simple.DOUBLE) {
      return switch (sign) {
        case "+", "-", "*" -> "(" + a + " " + sign + " " + b + ")";
        case "/", "%" -> "(" + a + " " + sign + " NULLIF(" + b + ", 0))";
        default -> throw refused(call);
      };
    }
    if (DuckDbCasts.isIntegral(type)) {
      return integralArithmetic(call, a, b, (Simple) type);
    }
    throw refused(call);
  }

  private static String decimalArithmetic(Call call, String a, String b, Decimal result) {
    Decimal typeA = (Decimal) call.arguments().get(0).type();
    Decimal typeB = (Decimal) call.arguments().get(1).type();
    return switch (call.function()) {
      case "+", "-" ->
          DuckDbDecimals.sum(call.function(), a, typeA, b, typeB, result, call.place());
      case "*" -> DuckDbDecimals.product(a, typeA, b, typeB, result, call.place());
      case "/" -> DuckDbDecimals.quotient(a, typeA, b, typeB, result, call.place());
      case "%" -> DuckDbDecimals.remainder(a, typeA, b, typeB, result, call.place());
      default -> throw refused(call);
    };
  }

  /** Spark's integers wrap where DuckDB's fail: computed wider and cut to the low bits. */
  private static String integralArithmetic(Call call, String a, String b, Simple type) {
    String wide = type == Simple.BIGINT ? "HUGEINT" : "BIGINT";
    String left = "CAST(" + a + " AS " + wide + ")";
    String right = "CAST(" + b + " AS " + wide + ")";
    return switch (call.function()) {
      case "+", "-", "*" ->
          DuckDbCasts.wrapped("(" + left + " " + call.function() + " " + right + ")", type);
      case "%" -> DuckDbText.cast("(" + left + " % NULLIF(" + right + ", 0))", type, call.place());
      case "div" -> DuckDbCasts.wrapped("(" + left + " // NULLIF(" + right + ", 0))", type);
      default -> throw refused(call);
    };
  }

  /** {@code -a}. */
  static String negative(Call call, String a) {
    if (call.type() instanceof Decimal || call.type() == Simple.DOUBLE) {
      return "(- " + a + ")";
    }
    if (DuckDbCasts.isIntegral(call.type())) {
      Simple type = (Simple) call.type();
      String wide = type == Simple.BIGINT ? "HUGEINT" : "BIGINT";
      return DuckDbCasts.wrapped("(- CAST(" + a + " AS " + wide + "))", type);
    }
    throw refused(call);
  }

  /** {@code abs(a)}. */
  static String abs(Call call, String a) {
    if (call.type() instanceof Decimal || call.type() == Simple.DOUBLE) {
      return "abs(" + a + ")";
    }
    if (DuckDbCasts.isIntegral(call.type())) {
      Simple type = (Simple) call.type();
      String wide = type == Simple.BIGINT ? "HUGEINT" : "BIGINT";
      return DuckDbCasts.wrapped("abs(CAST(" + a + " AS " + wide + "))", type);
    }
    throw refused(call);
  }

  private static Refusal refused(Call call) {
    return new Refusal(
        call.function(),
        call.place(),
        "It is not known to mean the same for " + call.type().sql() + ".");
  }
}
