// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Cast;
import io.kitsune.router.analysis.Expression.Literal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The types of Spark's functions of one row, and the casts that their arguments get. A function
 * that is not here is refused.
 */
final class FunctionTypes {
  /** Functions of a date that give an INT, with the name of the function they are the same as. */
  private static final Map<String, String> DATE_FIELDS =
      Map.of(
          "year", "year",
          "quarter", "quarter",
          "month", "month",
          "day", "day",
          "dayofmonth", "day",
          "dayofweek", "dayofweek",
          "dayofyear", "dayofyear",
          "weekofyear", "weekofyear");

  private static final Set<String> TEXT_TO_TEXT =
      Set.of("upper", "lower", "trim", "ltrim", "rtrim", "reverse", "ucase", "lcase");
  private static final Set<String> TEXT_TO_INT =
      Set.of("length", "char_length", "character_length", "octet_length");
  private static final Set<String> TEXT_TESTS = Set.of("startswith", "endswith", "contains");

  /** Functions whose label is their name and their arguments. */
  private static final Set<String> PLAIN_LABELS =
      Set.of(
          "coalesce",
          "nvl",
          "ifnull",
          "nullif",
          "year",
          "quarter",
          "month",
          "day",
          "dayofmonth",
          "dayofweek",
          "dayofyear",
          "weekofyear",
          "upper",
          "lower",
          "trim",
          "ltrim",
          "rtrim",
          "length",
          "char_length",
          "startswith",
          "endswith",
          "contains",
          "ceiling",
          "character_length",
          "concat",
          "date_add",
          "date_sub",
          "datediff",
          "add_months",
          "last_day",
          "abs",
          "replace",
          "greatest",
          "least");

  private FunctionTypes() {}

  /** Whether the label is the function's name and its arguments' labels in parentheses. */
  static boolean hasPlainLabel(String function) {
    return PLAIN_LABELS.contains(function);
  }

  /** The call of a built-in function, typed. */
  static Expression call(String name, List<Expression> arguments, Place place) {
    if (DATE_FIELDS.containsKey(name)) {
      require(name, arguments, place, 1, 1);
      return dateField(name, arguments.get(0), place);
    }
    if (TEXT_TO_TEXT.contains(name)) {
      require(name, arguments, place, 1, 1);
      return textual(name, arguments, Simple.STRING, place);
    }
    if (TEXT_TO_INT.contains(name)) {
      require(name, arguments, place, 1, 1);
      return textual(name, arguments, Simple.INT, place);
    }
    if (TEXT_TESTS.contains(name)) {
      require(name, arguments, place, 2, 2);
      return textual(name, arguments, Simple.BOOLEAN, place);
    }
    return switch (name) {
      case "coalesce", "nvl", "ifnull" -> coalesce(name, arguments, place);
      case "nullif" -> nullIf(arguments, place);
      case "if" -> ifCall(arguments, place);
      case "isnull", "isnotnull" -> {
        require(name, arguments, place, 1, 1);
        yield new Call(name, arguments, Simple.BOOLEAN, false, place);
      }
      case "concat" -> {
        require(name, arguments, place, 1, Integer.MAX_VALUE);
        yield textual(name, arguments, Simple.STRING, place);
      }
      case "replace" -> {
        require(name, arguments, place, 3, 3);
        yield textual(name, arguments, Simple.STRING, place);
      }
      case "substring", "substr" -> substring(name, arguments, place);
      case "date_add", "date_sub", "add_months" -> {
        require(name, arguments, place, 2, 2);
        yield nullableCall(
            name,
            List.of(asDate(name, arguments.get(0), place), asInt(name, arguments.get(1), place)),
            Simple.DATE,
            place);
      }
      case "datediff" -> {
        require(name, arguments, place, 2, 2);
        yield nullableCall(
            name,
            List.of(asDate(name, arguments.get(0), place), asDate(name, arguments.get(1), place)),
            Simple.INT,
            place);
      }
      case "last_day" -> {
        require(name, arguments, place, 1, 1);
        yield nullableCall(
            name, List.of(asDate(name, arguments.get(0), place)), Simple.DATE, place);
      }
      case "abs" -> abs(arguments, place);
      case "round" -> round(arguments, place);
      case "floor", "ceil", "ceiling" -> wholeNumber(name, arguments, place);
      case "greatest", "least" -> extreme(name, arguments, place);
      case "sqrt" -> {
        require(name, arguments, place, 1, 1);
        Expression argument = arguments.get(0);
        if (!Coercion.isNumeric(argument.type())) {
          throw unknownTypes(name, arguments, place);
        }
        yield nullableCall(
            name, List.of(Coercion.cast(argument, Simple.DOUBLE)), Simple.DOUBLE, place);
      }
      default ->
          throw new Refusal(
              name, place, "The function " + name + " is not known to mean the same.");
    };
  }

  /** {@code EXTRACT(field FROM date)}. */
  static Expression extract(String field, Expression source, Place place) {
    String function =
        switch (field.toUpperCase(Locale.ROOT)) {
          case "YEAR", "Y", "YEARS", "YR", "YRS" -> "year";
          case "QUARTER", "QTR" -> "quarter";
          case "MONTH", "MON", "MONS", "MONTHS" -> "month";
          case "DAY", "D", "DAYS" -> "day";
          default -> throw new Refusal("EXTRACT", place, "The field " + field + " is not known.");
        };
    Call call = (Call) dateField(function, source, place);
    return new Call(
        "extract",
        List.of(new Literal(field, Simple.STRING, place), call),
        call.type(),
        call.nullable(),
        place);
  }

  private static Expression dateField(String name, Expression argument, Place place) {
    return nullableCall(name, List.of(asDate(name, argument, place)), Simple.INT, place);
  }

  private static Expression coalesce(String name, List<Expression> arguments, Place place) {
    require(
        name,
        arguments,
        place,
        name.equals("coalesce") ? 1 : 2,
        name.equals("coalesce") ? Integer.MAX_VALUE : 2);
    DataType type = widest(name, arguments, place);
    return new Call(
        name,
        casts(arguments, type),
        type,
        arguments.stream().allMatch(Expression::nullable),
        place);
  }

  private static Expression nullIf(List<Expression> arguments, Place place) {
    require("nullif", arguments, place, 2, 2);
    Expression left = arguments.get(0);
    Expression right = arguments.get(1);
    if (!left.type().equals(right.type())) {
      throw unknownTypes("nullif", arguments, place);
    }
    return new Call("nullif", arguments, left.type(), true, place);
  }

  private static Expression ifCall(List<Expression> arguments, Place place) {
    require("if", arguments, place, 3, 3);
    List<Expression> values = arguments.subList(1, 3);
    DataType type = widest("if", values, place);
    requireCondition("if", arguments.get(0), place);
    return new Call(
        "if",
        Stream.concat(Stream.of(arguments.get(0)), casts(values, type).stream()).toList(),
        type,
        values.stream().anyMatch(Expression::nullable),
        place);
  }

  private static Expression substring(String name, List<Expression> arguments, Place place) {
    require(name, arguments, place, 2, 3);
    if (arguments.get(0).type() != Simple.STRING) {
      throw unknownTypes(name, arguments, place);
    }
    List<Expression> typed =
        Stream.concat(
                Stream.of(arguments.get(0)),
                arguments.stream().skip(1).map(each -> asInt(name, each, place)))
            .toList();
    return nullableCall(name, typed, Simple.STRING, place);
  }

  private static Expression abs(List<Expression> arguments, Place place) {
    require("abs", arguments, place, 1, 1);
    if (!Coercion.isNumeric(arguments.get(0).type())) {
      throw unknownTypes("abs", arguments, place);
    }
    return nullableCall("abs", arguments, arguments.get(0).type(), place);
  }

  /** {@code round}: of a decimal(p,s) to n digits, one more digit in front than it had. */
  private static Expression round(List<Expression> arguments, Place place) {
    require("round", arguments, place, 1, 2);
    DataType type = arguments.get(0).type();
    long digits = 0;
    if (arguments.size() == 2) {
      if (!(arguments.get(1) instanceof Literal literal)
          || literal.type() != Simple.INT
          || (digits = (Long) literal.value()) < 0) {
        throw unknownTypes("round", arguments, place);
      }
    }
    if (Coercion.isIntegral(type)) {
      return nullableCall("round", arguments, type, place);
    }
    if (!(type instanceof Decimal decimal)) {
      throw unknownTypes("round", arguments, place);
    }
    int scale = (int) Math.min(digits, decimal.scale());
    int precision = Math.min(DecimalTypes.integerDigits(decimal) + 1 + scale, 38);
    Decimal result =
        digits >= decimal.scale()
            ? new Decimal(
                Math.min(DecimalTypes.integerDigits(decimal) + 1 + decimal.scale(), 38), scale)
            : new Decimal(precision, scale);
    return new Call("round", arguments, result, true, place);
  }

  private static Expression wholeNumber(String name, List<Expression> arguments, Place place) {
    require(name, arguments, place, 1, 1);
    DataType type = arguments.get(0).type();
    DataType result =
        type instanceof Decimal decimal && decimal.scale() > 0
            ? new Decimal(Math.min(DecimalTypes.integerDigits(decimal) + 1, 38), 0)
            : type instanceof Decimal ? type : Coercion.isNumeric(type) ? Simple.BIGINT : null;
    if (result == null) {
      throw unknownTypes(name, arguments, place);
    }
    return nullableCall(name, arguments, result, place);
  }

  private static Expression extreme(String name, List<Expression> arguments, Place place) {
    require(name, arguments, place, 2, Integer.MAX_VALUE);
    DataType type = widest(name, arguments, place);
    if (type == Simple.STRING && arguments.stream().anyMatch(a -> a.type() != Simple.STRING)) {
      throw unknownTypes(name, arguments, place);
    }
    return new Call(
        name,
        casts(arguments, type),
        type,
        arguments.stream().allMatch(Expression::nullable),
        place);
  }

  private static Expression textual(
      String name, List<Expression> arguments, DataType result, Place place) {
    for (Expression argument : arguments) {
      boolean text = argument.type() == Simple.STRING;
      boolean number = name.equals("concat") && Coercion.isIntegral(argument.type());
      if (!text && !number) {
        throw unknownTypes(name, arguments, place);
      }
    }
    return nullableCall(name, casts(arguments, Simple.STRING), result, place);
  }

  private static Expression asDate(String name, Expression argument, Place place) {
    if (argument.type() != Simple.DATE && argument.type() != Simple.STRING) {
      throw unknownTypes(name, List.of(argument), place);
    }
    return Coercion.cast(argument, Simple.DATE);
  }

  private static Expression asInt(String name, Expression argument, Place place) {
    boolean narrower = argument.type() == Simple.TINYINT || argument.type() == Simple.SMALLINT;
    if (argument.type() != Simple.INT && !narrower) {
      throw unknownTypes(name, List.of(argument), place);
    }
    return Coercion.cast(argument, Simple.INT);
  }

  /** WHERE, ON, HAVING and CASE take no bare NULL, which AND, OR and NOT do. */
  static void requireCondition(String construct, Expression expression, Place place) {
    if (expression.type() != Simple.BOOLEAN) {
      throw unknownTypes(construct, List.of(expression), place);
    }
  }

  static void requireBoolean(String construct, Expression expression, Place place) {
    if (expression.type() != Simple.BOOLEAN && expression.type() != Simple.VOID) {
      throw unknownTypes(construct, List.of(expression), place);
    }
  }

  static DataType widest(String name, List<Expression> values, Place place) {
    return Coercion.wider(values.stream().map(Expression::type).toList())
        .orElseThrow(() -> unknownTypes(name, values, place));
  }

  static List<Expression> casts(List<Expression> expressions, DataType type) {
    return expressions.stream().map(each -> Coercion.cast(each, type)).toList();
  }

  static Refusal unknownTypes(String construct, List<Expression> arguments, Place place) {
    String types =
        String.join(", ", arguments.stream().map(argument -> argument.type().sql()).toList());
    return new Refusal(
        construct, place, "It is not known to mean the same for arguments of " + types + ".");
  }

  /** A call that is NULL only if an argument may be. */
  private static Call nullableCall(
      String name, List<Expression> arguments, DataType type, Place place) {
    return new Call(
        name, arguments, type, arguments.stream().anyMatch(Expression::nullable), place);
  }

  private static void require(
      String name, List<Expression> arguments, Place place, int least, int most) {
    if (arguments.size() < least || arguments.size() > most) {
      throw new Refusal(name, place, name + " does not take " + arguments.size() + " arguments.");
    }
  }

  /** A cast that the user wrote, or a function of the type's name. */
  static Expression written(Expression input, DataType type, Place place) {
    return new Cast(input, type, Cast.Reason.WRITTEN, place);
  }
}
