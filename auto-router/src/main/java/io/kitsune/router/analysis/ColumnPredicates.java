// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Cast;
import io.kitsune.router.analysis.Expression.ColumnReference;
import io.kitsune.router.analysis.Expression.Literal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.apache.iceberg.expressions.Expressions;

/**
 * Conditions over one table's columns in Iceberg's form: comparisons with constants, IN lists, IS
 * [NOT] NULL, LIKE with a fixed beginning, AND and OR of these. Of an AND, parts that cannot be
 * said are left out (the rest still holds); of an OR, one such part makes the whole unsaid. NOT is
 * only said of what it can be pushed into.
 */
final class ColumnPredicates {
  /** IN lists longer than this prune little and cost much. */
  private static final int LONGEST_LIST = 1000;

  private ColumnPredicates() {}

  static Optional<org.apache.iceberg.expressions.Expression> of(
      Expression condition, Source.TableScan scan) {
    if (!(condition instanceof Call call)) {
      return Optional.empty();
    }
    return switch (call.function()) {
      case "and" -> and(call, scan);
      case "or" -> or(call, scan);
      case "=", "<", "<=", ">", ">=" -> comparison(call, scan);
      case "in" -> in(call, scan);
      case "isnull" -> column(call.arguments().get(0), scan).map(Expressions::isNull);
      case "isnotnull" -> column(call.arguments().get(0), scan).map(Expressions::notNull);
      default -> Optional.empty();
    };
  }

  private static Optional<org.apache.iceberg.expressions.Expression> and(
      Call call, Source.TableScan scan) {
    return call.arguments().stream()
        .map(argument -> of(argument, scan))
        .flatMap(Optional::stream)
        .reduce(Expressions::and);
  }

  private static Optional<org.apache.iceberg.expressions.Expression> or(
      Call call, Source.TableScan scan) {
    List<Optional<org.apache.iceberg.expressions.Expression>> parts =
        call.arguments().stream().map(argument -> of(argument, scan)).toList();
    BinaryOperator<org.apache.iceberg.expressions.Expression> or = Expressions::or;
    return parts.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : parts.stream().map(Optional::get).reduce(or);
  }

  private static Optional<org.apache.iceberg.expressions.Expression> comparison(
      Call call, Source.TableScan scan) {
    Expression left = call.arguments().get(0);
    Expression right = call.arguments().get(1);
    boolean flipped = Constants.fold(left).isPresent();
    Expression tested = flipped ? right : left;
    Optional<Literal> constant = Constants.fold(flipped ? left : right);
    Optional<String> column = column(tested, scan);
    if (column.isEmpty() || constant.isEmpty()) {
      return Optional.empty();
    }
    String name = column.get();
    return value(constant.get(), columnType(tested))
        .map(
            value ->
                switch (flipped ? mirrored(call.function()) : call.function()) {
                  case "=" -> Expressions.equal(name, value);
                  case "<" -> Expressions.lessThan(name, value);
                  case "<=" -> Expressions.lessThanOrEqual(name, value);
                  case ">" -> Expressions.greaterThan(name, value);
                  default -> Expressions.greaterThanOrEqual(name, value);
                });
  }

  private static Optional<org.apache.iceberg.expressions.Expression> in(
      Call call, Source.TableScan scan) {
    Expression tested = call.arguments().get(0);
    Optional<String> column = column(tested, scan);
    if (column.isEmpty() || call.arguments().size() > LONGEST_LIST) {
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (Expression listed : call.arguments().subList(1, call.arguments().size())) {
      Optional<Literal> constant = Constants.fold(listed);
      if (constant.isPresent() && constant.get().value() == null) {
        continue;
      }
      Optional<Object> value = constant.flatMap(literal -> value(literal, columnType(tested)));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(Expressions.in(column.get(), values.toArray()));
  }

  private static String mirrored(String sign) {
    return switch (sign) {
      case "<" -> ">";
      case "<=" -> ">=";
      case ">" -> "<";
      case ">=" -> "<=";
      default -> sign;
    };
  }

  /** The table's column that is tested, unchanged or widened so that order and equality stay. */
  private static Optional<String> column(Expression tested, Source.TableScan scan) {
    if (tested instanceof Cast cast && isWidening(cast.input().type(), cast.type())) {
      return column(cast.input(), scan);
    }
    if (!(tested instanceof ColumnReference reference)) {
      return Optional.empty();
    }
    int position = scan.fields().indexOf(reference.field());
    return position < 0 || !isPrunable(reference.type())
        ? Optional.empty()
        : Optional.of(scan.table().columns().get(position).name()).filter(n -> !n.contains("."));
  }

  private static DataType columnType(Expression tested) {
    return tested instanceof Cast cast ? columnType(cast.input()) : tested.type();
  }

  private static boolean isWidening(DataType from, DataType to) {
    if (from instanceof Decimal a && to instanceof Decimal b) {
      return DecimalTypes.integerDigits(b) >= DecimalTypes.integerDigits(a)
          && b.scale() >= a.scale();
    }
    if (Coercion.isIntegral(from) && Coercion.isIntegral(to)) {
      return Coercion.tightest(from, to).equals(Optional.of(to));
    }
    return Coercion.isIntegral(from)
        && to instanceof Decimal decimal
        && DecimalTypes.integerDigits(decimal) >= DecimalTypes.holding((Simple) from).precision();
  }

  private static boolean isPrunable(DataType type) {
    return Coercion.isIntegral(type)
        || type instanceof Decimal
        || type == Simple.STRING
        || type == Simple.DATE
        || type == Simple.TIMESTAMP;
  }

  /** The constant in the column's own type and Iceberg's form; empty where it does not fit. */
  private static Optional<Object> value(Literal literal, DataType column) {
    Object value = literal.value();
    if (column instanceof Decimal decimal) {
      BigDecimal number =
          value instanceof Long whole ? BigDecimal.valueOf(whole) : asDecimal(value);
      return number == null || number.stripTrailingZeros().scale() > decimal.scale()
          ? Optional.empty()
          : Optional.of(number.setScale(decimal.scale(), RoundingMode.UNNECESSARY));
    }
    if (column == Simple.BIGINT || Coercion.isIntegral(column)) {
      return integral(value, column);
    }
    if (column == Simple.DATE && literal.type() == Simple.DATE && value instanceof Long day) {
      return Optional.of(LocalDate.ofEpochDay(day).toString());
    }
    if (column == Simple.TIMESTAMP) {
      return literal.type() == Simple.TIMESTAMP && value instanceof Long
          ? Optional.of(value)
          : Optional.empty();
    }
    return column == Simple.STRING && value instanceof String
        ? Optional.of(value)
        : Optional.empty();
  }

  private static BigDecimal asDecimal(Object value) {
    return value instanceof BigDecimal number ? number : null;
  }

  private static Optional<Object> integral(Object value, DataType column) {
    BigDecimal number = value instanceof Long whole ? BigDecimal.valueOf(whole) : asDecimal(value);
    if (number == null || number.stripTrailingZeros().scale() > 0) {
      return Optional.empty();
    }
    BigDecimal limit =
        BigDecimal.valueOf(column == Simple.BIGINT ? Long.MAX_VALUE : Integer.MAX_VALUE);
    if (number.abs().compareTo(limit) > 0) {
      return Optional.empty();
    }
    return column == Simple.BIGINT
        ? Optional.of(number.longValueExact())
        : Optional.of(number.intValueExact());
  }
}
