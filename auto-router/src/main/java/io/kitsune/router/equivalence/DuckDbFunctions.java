// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static java.util.Map.entry;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Call;
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
  private static final Map<String, FunctionForms.Rule> RULES =
      Map.ofEntries(
          entry("and", FunctionForms.infix("AND")),
          entry("or", FunctionForms.infix("OR")),
          entry("not", FunctionForms.template("(NOT %s)")),
          entry("=", FunctionForms.infix("=")),
          entry("<", FunctionForms.infix("<")),
          entry("<=", FunctionForms.infix("<=")),
          entry(">", FunctionForms.infix(">")),
          entry(">=", FunctionForms.infix(">=")),
          entry("<=>", FunctionForms.infix("IS NOT DISTINCT FROM")),
          entry("isnull", FunctionForms.template("(%s IS NULL)")),
          entry("isnotnull", FunctionForms.template("(%s IS NOT NULL)")),
          entry("in", FunctionForms::in),
          entry("like", FunctionForms::like),
          entry("case", FunctionForms::caseWhen),
          entry("if", FunctionForms.template("CASE WHEN %s THEN %s ELSE %s END")),
          entry("coalesce", FunctionForms.listed("COALESCE")),
          entry("nvl", FunctionForms.listed("COALESCE")),
          entry("ifnull", FunctionForms.listed("COALESCE")),
          entry("nullif", FunctionForms.template("NULLIF(%s, %s)")),
          entry("+", DuckDbOperators::arithmetic),
          entry("-", DuckDbOperators::arithmetic),
          entry("*", DuckDbOperators::arithmetic),
          entry("/", DuckDbOperators::arithmetic),
          entry("%", DuckDbOperators::arithmetic),
          entry("div", DuckDbOperators::arithmetic),
          entry("negative", (call, texts) -> DuckDbOperators.negative(call, texts.get(0))),
          entry("positive", FunctionForms.template("%s")),
          entry("abs", (call, texts) -> DuckDbOperators.abs(call, texts.get(0))),
          entry("round", DuckDbFunctions::round),
          entry("floor", DuckDbFunctions::whole),
          entry("ceil", DuckDbFunctions::whole),
          entry("ceiling", DuckDbFunctions::whole),
          entry("greatest", DuckDbFunctions::extreme),
          entry("least", DuckDbFunctions::extreme),
          entry("extract", (call, texts) -> texts.get(1)),
          entry("year", FunctionForms.template("CAST(year(%s) AS INTEGER)")),
          entry("quarter", FunctionForms.template("CAST(quarter(%s) AS INTEGER)")),
          entry("month", FunctionForms.template("CAST(month(%s) AS INTEGER)")),
          entry("day", FunctionForms.template("CAST(day(%s) AS INTEGER)")),
          entry("dayofmonth", FunctionForms.template("CAST(day(%s) AS INTEGER)")),
          entry("dayofyear", FunctionForms.template("CAST(dayofyear(%s) AS INTEGER)")),
          entry("dayofweek", FunctionForms.template("CAST(dayofweek(%s) + 1 AS INTEGER)")),
          entry("weekofyear", FunctionForms.template("CAST(weekofyear(%s) AS INTEGER)")),
          entry("last_day", FunctionForms.template("last_day(%s)")),
          entry("date + days", FunctionForms.template("(%s + %s)")),
          entry("date_add", FunctionForms.template("(%s + %s)")),
          entry("date_sub", FunctionForms.template("(%s - %s)")),
          entry("datediff", FunctionForms.template("CAST(%s - %s AS INTEGER)")),
          entry("date + months", FunctionForms.template("CAST(%s + to_months(%s) AS DATE)")),
          entry("add_months", FunctionForms.template("CAST(%s + to_months(%s) AS DATE)")),
          entry("concat", FunctionForms.infix("||")),
          entry("length", FunctionForms.template("CAST(length(%s) AS INTEGER)")),
          entry("char_length", FunctionForms.template("CAST(length(%s) AS INTEGER)")),
          entry("character_length", FunctionForms.template("CAST(length(%s) AS INTEGER)")),
          // Without the second argument DuckDB also trims other blanks than U+0020.
          entry("trim", FunctionForms.template("trim(%s, ' ')")),
          entry("ltrim", FunctionForms.template("ltrim(%s, ' ')")),
          entry("rtrim", FunctionForms.template("rtrim(%s, ' ')")),
          entry("startswith", FunctionForms.template("starts_with(%s, %s)")),
          entry("endswith", FunctionForms.template("ends_with(%s, %s)")),
          entry("contains", FunctionForms.template("contains(%s, %s)")),
          entry("substr", DuckDbFunctions::substring),
          entry("substring", DuckDbFunctions::substring));

  private DuckDbFunctions() {}

  /** The call, its arguments already written. */
  static String write(Call call, List<String> texts) {
    FunctionForms.Rule rule = RULES.get(call.function());
    if (rule == null) {
      throw new Refusal(
          call.function(),
          call.place(),
          "The function " + call.function() + " is not known to mean the same in DuckDB.");
    }
    return rule.write(call, texts);
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
    long start = FunctionForms.fixed(call, 1);
    if (start < 0) {
      throw refused(call, "A position counted from the end is not known to mean the same.");
    }
    String from = texts.get(0) + ", " + Math.max(1, start);
    return call.arguments().size() == 2
        ? "substring(" + from + ")"
        : "substring(" + from + ", " + Math.max(0, FunctionForms.fixed(call, 2)) + ")";
  }

  private static Refusal refused(Call call, String reason) {
    return new Refusal(call.function(), call.place(), reason);
  }
}
