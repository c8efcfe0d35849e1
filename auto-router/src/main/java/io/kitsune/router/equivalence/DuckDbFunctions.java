// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static java.util.Map.entry;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Literal;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.DuckDbText;
import java.util.List;
import java.util.Map;

/**
 * The functions of one row that mean the same in DuckDB, each with the form that does. The argument
 * types are Spark's after coercion, as the analysis admits them; a rule that needs more looks at
 * them itself.
 */
final class DuckDbFunctions {
  /** Writes one function; the texts are those of the arguments. */
  private interface Rule {
    String write(Call call, List<String> texts);
  }

  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          entry("and", infix("AND")),
          entry("or", infix("OR")),
          entry("not", template("(NOT %s)")),
          entry("=", infix("=")),
          entry("<", infix("<")),
          entry("<=", infix("<=")),
          entry(">", infix(">")),
          entry(">=", infix(">=")),
          entry("<=>", infix("IS NOT DISTINCT FROM")),
          entry("isnull", template("(%s IS NULL)")),
          entry("isnotnull", template("(%s IS NOT NULL)")),
          entry("in", DuckDbFunctions::in),
          entry("like", DuckDbFunctions::like),
          entry("case", DuckDbFunctions::caseWhen),
          entry("if", template("CASE WHEN %s THEN %s ELSE %s END")),
          entry("coalesce", listed("COALESCE")),
          entry("nvl", listed("COALESCE")),
          entry("ifnull", listed("COALESCE")),
          entry("nullif", template("NULLIF(%s, %s)")),
          entry("+", DuckDbOperators::arithmetic),
          entry("-", DuckDbOperators::arithmetic),
          entry("*", DuckDbOperators::arithmetic),
          entry("/", DuckDbOperators::arithmetic),
          entry("%", DuckDbOperators::arithmetic),
          entry("div", DuckDbOperators::arithmetic),
          entry("negative", (call, texts) -> DuckDbOperators.negative(call, texts.get(0))),
          entry("positive", template("%s")),
          entry("abs", (call, texts) -> DuckDbOperators.abs(call, texts.get(0))),
          entry("round", DuckDbFunctions::round),
          entry("floor", DuckDbFunctions::whole),
          entry("ceil", DuckDbFunctions::whole),
          entry("ceiling", DuckDbFunctions::whole),
          entry("greatest", DuckDbFunctions::extreme),
          entry("least", DuckDbFunctions::extreme),
          entry("extract", (call, texts) -> texts.get(1)),
          entry("year", template("CAST(year(%s) AS INTEGER)")),
          entry("quarter", template("CAST(quarter(%s) AS INTEGER)")),
          entry("month", template("CAST(month(%s) AS INTEGER)")),
          entry("day", template("CAST(day(%s) AS INTEGER)")),
          entry("dayofmonth", template("CAST(day(%s) AS INTEGER)")),
          entry("dayofyear", template("CAST(dayofyear(%s) AS INTEGER)")),
          entry("dayofweek", template("CAST(dayofweek(%s) + 1 AS INTEGER)")),
          entry("weekofyear", template("CAST(weekofyear(%s) AS INTEGER)")),
          entry("last_day", template("last_day(%s)")),
          entry("date + days", template("(%s + %s)")),
          entry("date_add", template("(%s + %s)")),
          entry("date_sub", template("(%s - %s)")),
          entry("datediff", template("CAST(%s - %s AS INTEGER)")),
          entry("date + months", template("CAST(%s + to_months(%s) AS DATE)")),
          entry("add_months", template("CAST(%s + to_months(%s) AS DATE)")),
          entry("concat", infix("||")),
          entry("length", template("CAST(length(%s) AS INTEGER)")),
          entry("char_length", template("CAST(length(%s) AS INTEGER)")),
          entry("character_length", template("CAST(length(%s) AS INTEGER)")),
          // Without the second argument DuckDB also trims other blanks than U+0020.
          entry("trim", template("trim(%s, ' ')")),
          entry("ltrim", template("ltrim(%s, ' ')")),
          entry("rtrim", template("rtrim(%s, ' ')")),
          entry("startswith", template("starts_with(%s, %s)")),
          entry("endswith", template("ends_with(%s, %s)")),
          entry("contains", template("contains(%s, %s)")),
          entry("substr", DuckDbFunctions::substring),
          entry("substring", DuckDbFunctions::substring));

  private DuckDbFunctions() {}

  /** The call, its arguments already written. */
  static String write(Call call, List<String> texts) {
    Rule rule = RULES.get(call.function());
    if (rule == null) {
      throw new Refusal(
          call.function(),
          call.place(),
          "The function " + call.function() + " is not known to mean the same in DuckDB.");
    }
    return rule.write(call, texts);
  }

  private static Rule template(String form) {
    return (call, texts) -> form.formatted(texts.toArray());
  }

  private static Rule infix(String operator) {
    return (call, texts) -> "(" + String.join(" " + operator + " ", texts) + ")";
  }

  private static Rule listed(String function) {
    return (call, texts) -> function + "(" + String.join(", ", texts) + ")";
  }

  private static String in(Call call, List<String> texts) {
    return "(" + texts.get(0) + " IN (" + String.join(", ", texts.subList(1, texts.size())) + "))";
  }

  private static String caseWhen(Call call, List<String> texts) {
    StringBuilder sql = new StringBuilder("CASE");
    int i = 0;
    for (; i + 1 < texts.size(); i += 2) {
      sql.append(" WHEN ").append(texts.get(i)).append(" THEN ").append(texts.get(i + 1));
    }
    if (i < texts.size()) {
      sql.append(" ELSE ").append(texts.get(i));
    }
    return sql.append(" END").toString();
  }

  /** Only fixed patterns: Spark's escape is the backslash, and it must escape something. */
  private static String like(Call call, List<String> texts) {
    if (call.arguments().size() != 2
        || !(call.arguments().get(1) instanceof Literal literal)
        || !(literal.value() instanceof String pattern)) {
      throw refused(call, "Only LIKE with a fixed pattern is known to mean the same.");
    }
    boolean escapes = pattern.indexOf('\\') >= 0;
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\') {
        i++;
        if (i == pattern.length() || "\\%_".indexOf(pattern.charAt(i)) < 0) {
          throw refused(call, "The pattern's escape is an error in Spark.");
        }
      }
    }
    return "(" + texts.get(0) + " LIKE " + texts.get(1) + (escapes ? " ESCAPE '\\')" : ")");
  }

  private static String round(Call call, List<String> texts) {
    DataType from = call.arguments().get(0).type();
    if (DuckDbCasts.isIntegral(from)) {
      return texts.get(0);
    }
    // A cast to fewer digits rounds half up in both, and the result has a digit more in front.
    return DuckDbCasts.write(texts.get(0), from, call.type(), call.place());
  }

  private static String whole(Call call, List<String> texts) {
    DataType from = call.arguments().get(0).type();
    if (DuckDbCasts.isIntegral(from)) {
      return DuckDbText.cast(texts.get(0), Simple.BIGINT, call.place());
    }
    if (from instanceof Decimal) {
      String function = call.function().equals("floor") ? "floor" : "ceil";
      return DuckDbText.cast(function + "(" + texts.get(0) + ")", call.type(), call.place());
    }
    throw refused(call, "It is not known to mean the same for " + from.sql() + ".");
  }

  private static String extreme(Call call, List<String> texts) {
    if (call.type() == Simple.DOUBLE || call.type() == Simple.FLOAT) {
      throw refused(call, "It is not known to mean the same for floating-point numbers.");
    }
    return call.function() + "(" + String.join(", ", texts) + ")";
  }

  /** Fixed positions from the front only; position 0 reads as 1. */
  private static String substring(Call call, List<String> texts) {
    long start = fixed(call, 1);
    if (start < 0) {
      throw refused(call, "A position counted from the end is not known to mean the same.");
    }
    String from = texts.get(0) + ", " + Math.max(1, start);
    return call.arguments().size() == 2
        ? "substring(" + from + ")"
        : "substring(" + from + ", " + Math.max(0, fixed(call, 2)) + ")";
  }

  private static long fixed(Call call, int argument) {
    Expression expression = call.arguments().get(argument);
    if (expression instanceof Literal literal && literal.value() instanceof Long number) {
      return number;
    }
    throw refused(call, "Only fixed positions and lengths are known to mean the same.");
  }

  private static Refusal refused(Call call, String reason) {
    return new Refusal(call.function(), call.place(), reason);
  }
}
