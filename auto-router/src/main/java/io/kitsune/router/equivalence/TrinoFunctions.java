// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static io.kitsune.router.equivalence.FunctionForms.infix;
import static io.kitsune.router.equivalence.FunctionForms.template;
import static java.util.Map.entry;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Literal;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.TrinoText;
import java.util.List;
import java.util.Map;

/**
 * The functions of one row that mean the same in Trino, each with the form that does. The argument
 * types are Spark's after coercion, as the analysis admits them; a rule that needs more looks at
 * them itself.
 */
final class TrinoFunctions {
  /** So many days and months can be added to a date of four digits within Trino's dates. */
  private static final long MOST_ADDED = 1_000_000_000;

  private static final Map<String, FunctionForms.Rule> RULES =
      Map.ofEntries(
          entry("and", infix("AND")),
          entry("or", infix("OR")),
          entry("not", template("(NOT %s)")),
          entry("=", TrinoOperators::comparison),
          entry("<", TrinoOperators::comparison),
          entry("<=", TrinoOperators::comparison),
          entry(">", TrinoOperators::comparison),
          entry(">=", TrinoOperators::comparison),
          entry("<=>", infix("IS NOT DISTINCT FROM")),
          entry("isnull", template("(%s IS NULL)")),
          entry("isnotnull", template("(%s IS NOT NULL)")),
          entry("in", TrinoFunctions::in),
          entry("like", FunctionForms::like),
          entry("case", FunctionForms::caseWhen),
          entry("if", template("CASE WHEN %s THEN %s ELSE %s END")),
          entry("coalesce", TrinoFunctions::coalesce),
          entry("nvl", TrinoFunctions::coalesce),
          entry("ifnull", TrinoFunctions::coalesce),
          entry("nullif", TrinoFunctions::nullIf),
          entry("+", TrinoOperators::arithmetic),
          entry("-", TrinoOperators::arithmetic),
          entry("*", TrinoOperators::arithmetic),
          entry("/", TrinoOperators::arithmetic),
          entry("%", TrinoOperators::arithmetic),
          entry("div", TrinoOperators::arithmetic),
          entry("negative", TrinoOperators::sign),
          entry("positive", template("%s")),
          entry("abs", TrinoOperators::sign),
          entry("round", TrinoFunctions::round),
          entry("floor", TrinoFunctions::whole),
          entry("ceil", TrinoFunctions::whole),
          entry("ceiling", TrinoFunctions::whole),
          entry("greatest", TrinoFunctions::extreme),
          entry("least", TrinoFunctions::extreme),
          entry("extract", (call, texts) -> texts.get(1)),
          entry("year", template("CAST(year(%s) AS INTEGER)")),
          entry("quarter", template("CAST(quarter(%s) AS INTEGER)")),
          entry("month", template("CAST(month(%s) AS INTEGER)")),
          entry("day", template("CAST(day(%s) AS INTEGER)")),
          entry("dayofmonth", template("CAST(day(%s) AS INTEGER)")),
          entry("dayofyear", template("CAST(day_of_year(%s) AS INTEGER)")),
          // Monday is 1 in Trino, Sunday in Spark.
          entry("dayofweek", template("CAST(day_of_week(%s) %% 7 + 1 AS INTEGER)")),
          entry("weekofyear", template("CAST(week(%s) AS INTEGER)")),
          entry("last_day", template("last_day_of_month(%s)")),
          entry("date + days", (call, texts) -> added("day", "", call, texts)),
          entry("date_add", (call, texts) -> added("day", "", call, texts)),
          entry("date_sub", (call, texts) -> added("day", "-", call, texts)),
          entry("datediff", (call, texts) -> dateDifference(texts)),
          entry("date + months", (call, texts) -> added("month", "", call, texts)),
          entry("add_months", (call, texts) -> added("month", "", call, texts)),
          entry("concat", TrinoFunctions::concat),
          entry("length", template("CAST(length(%s) AS INTEGER)")),
          entry("char_length", template("CAST(length(%s) AS INTEGER)")),
          entry("character_length", template("CAST(length(%s) AS INTEGER)")),
          // Without the character Trino also trims other blanks than U+0020.
          entry("trim", template("trim(BOTH ' ' FROM %s)")),
          entry("ltrim", template("trim(LEADING ' ' FROM %s)")),
          entry("rtrim", template("trim(TRAILING ' ' FROM %s)")),
          entry("startswith", template("starts_with(%s, %s)")),
          entry("endswith", (call, texts) -> endsWith(texts)),
          entry("contains", template("(strpos(%s, %s) > 0)")),
          entry("substr", TrinoFunctions::substring),
          entry("substring", TrinoFunctions::substring));

  private TrinoFunctions() {}

  /** The call, its arguments already written. */
  static String write(Call call, List<String> texts) {
    FunctionForms.Rule rule = RULES.get(call.function());
    if (rule == null) {
      throw FunctionForms.refused(
          call, "The function " + call.function() + " is not known to mean the same in Trino.");
    }
    return rule.write(call, texts);
  }

  private static String coalesce(Call call, List<String> texts) {
    return texts.size() == 1 ? texts.get(0) : "COALESCE(" + String.join(", ", texts) + ")";
  }

  private static String concat(Call call, List<String> texts) {
    return "(" + String.join(" || ", texts) + ")";
  }

  private static String in(Call call, List<String> texts) {
    List<Expression> arguments = call.arguments();
    if (TrinoCasts.isFloating(arguments.get(0).type())
        && !arguments.stream().skip(1).allMatch(TrinoOperators::isNumber)) {
      throw nanDiffers(call);
    }
    return FunctionForms.in(call, texts);
  }

  private static String nullIf(Call call, List<String> texts) {
    List<Expression> arguments = call.arguments();
    if (TrinoCasts.isFloating(arguments.get(0).type())
        && arguments.stream().noneMatch(TrinoOperators::isNumber)) {
      throw nanDiffers(call);
    }
    return "NULLIF(" + texts.get(0) + ", " + texts.get(1) + ")";
  }

  private static Refusal nanDiffers(Call call) {
    return FunctionForms.refused(call, "NaN equals NaN in Spark and nothing in Trino.");
  }

  private static String round(Call call, List<String> texts) {
    DataType from = call.arguments().get(0).type();
    if (TrinoCasts.isIntegral(from)) {
      return texts.get(0);
    }
    // A cast to fewer digits rounds half up in both, and the result has a digit more in front.
    return TrinoCasts.write(texts.get(0), from, call.type(), call.place());
  }

  private static String whole(Call call, List<String> texts) {
    DataType from = call.arguments().get(0).type();
    if (TrinoCasts.isIntegral(from)) {
      return TrinoText.cast(texts.get(0), Simple.BIGINT, call.place());
    }
    if (from instanceof Decimal) {
      String function = call.function().equals("floor") ? "floor" : "ceiling";
      return TrinoText.cast(function + "(" + texts.get(0) + ")", call.type(), call.place());
    }
    throw FunctionForms.refused(call, "It is not known to mean the same for " + from.sql() + ".");
  }

  /** Trino's own give NULL where one value is NULL; Spark's leave it out. */
  private static String extreme(Call call, List<String> texts) {
    if (TrinoCasts.isFloating(call.type())) {
      throw FunctionForms.refused(
          call, "It is not known to mean the same for floating-point numbers.");
    }
    String function = call.function().equals("greatest") ? "array_max" : "array_min";
    return function
        + "(filter(ARRAY["
        + String.join(", ", texts)
        + "], value -> value IS NOT NULL))";
  }

  /** Days or months added to a date; far beyond the calendar Trino fails in a way of its own. */
  private static String added(String unit, String sign, Call call, List<String> texts) {
    String number = texts.get(1);
    String sum = "date_add('" + unit + "', " + sign + number + ", " + texts.get(0) + ")";
    boolean small =
        call.arguments().get(1) instanceof Literal literal
            && literal.value() instanceof Long value
            && Math.abs(value) <= MOST_ADDED;
    String condition =
        number + " BETWEEN -" + MOST_ADDED + " AND " + MOST_ADDED + " OR " + number + " IS NULL";
    return small ? sum : Guard.unless(condition, sum, "DATE", "a date");
  }

  private static String dateDifference(List<String> texts) {
    return "CAST(date_diff('day', " + texts.get(1) + ", " + texts.get(0) + ") AS INTEGER)";
  }

  private static String endsWith(List<String> texts) {
    String text = texts.get(0);
    String end = texts.get(1);
    return "(length("
        + end
        + ") <= length("
        + text
        + ") AND substr("
        + text
        + ", length("
        + text
        + ") - length("
        + end
        + ") + 1) = "
        + end
        + ")";
  }

  /** Fixed positions from the front only; position 0 reads as 1. */
  private static String substring(Call call, List<String> texts) {
    long start = FunctionForms.fixed(call, 1);
    if (start < 0) {
      throw FunctionForms.refused(
          call, "A position counted from the end is not known to mean the same.");
    }
    String from = texts.get(0) + ", " + Math.max(1, start);
    return call.arguments().size() == 2
        ? "substr(" + from + ")"
        : "substr(" + from + ", " + Math.max(0, FunctionForms.fixed(call, 2)) + ")";
  }
}
