// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.And;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expression.Operation;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.expressions.Not;
import org.apache.iceberg.expressions.Or;
import org.apache.iceberg.expressions.UnboundPredicate;
import org.apache.iceberg.types.Types;

/**
 * What Spark makes of a predicate for a row, written down independently of Iceberg's evaluators:
 * three-valued logic, NaN above everything, {@code -0.0 = 0.0}, strings by their UTF-8 bytes.
 */
final class SparkSemantics {
  private SparkSemantics() {}

  /**
   * Whether a row, perhaps written with another schema, passes a filter: unknown does not.
   *
   * @param schema whose names the predicate has
   */
  static boolean matches(Expression predicate, Schema schema, Record row) {
    Map<String, Object> values = new HashMap<>();
    for (Types.NestedField field : schema.columns()) {
      Types.NestedField written = row.struct().field(field.fieldId());
      Object value = written == null ? null : row.getField(written.name());
      values.put(field.name().toLowerCase(Locale.ROOT), value);
    }
    return evaluate(predicate, values).orElse(false);
  }

  private static Optional<Boolean> evaluate(Expression expression, Map<String, Object> row) {
    return switch (expression.op()) {
      case TRUE -> Optional.of(true);
      case FALSE -> Optional.of(false);
      case NOT -> evaluate(((Not) expression).child(), row).map(value -> !value);
      case AND -> {
        Optional<Boolean> left = evaluate(((And) expression).left(), row);
        Optional<Boolean> right = evaluate(((And) expression).right(), row);
        yield left.equals(Optional.of(false)) || right.equals(Optional.of(false))
            ? Optional.of(false)
            : left.flatMap(l -> right.map(r -> l && r));
      }
      case OR -> {
        Optional<Boolean> left = evaluate(((Or) expression).left(), row);
        Optional<Boolean> right = evaluate(((Or) expression).right(), row);
        yield left.equals(Optional.of(true)) || right.equals(Optional.of(true))
            ? Optional.of(true)
            : left.flatMap(l -> right.map(r -> l || r));
      }
      default -> leaf((UnboundPredicate<?>) expression, row);
    };
  }

  private static Optional<Boolean> leaf(UnboundPredicate<?> predicate, Map<String, Object> row) {
    Object value = row.get(predicate.ref().name().toLowerCase(Locale.ROOT));
    Operation operation = predicate.op();
    if (operation == Operation.IS_NULL || operation == Operation.NOT_NULL) {
      return Optional.of((value == null) == (operation == Operation.IS_NULL));
    }
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (operation) {
          case LT -> compare(value, predicate.literal()) < 0;
          case LT_EQ -> compare(value, predicate.literal()) <= 0;
          case GT -> compare(value, predicate.literal()) > 0;
          case GT_EQ -> compare(value, predicate.literal()) >= 0;
          case EQ -> compare(value, predicate.literal()) == 0;
          case NOT_EQ -> compare(value, predicate.literal()) != 0;
          case IN -> anyEqual(value, predicate.literals());
          case NOT_IN -> !anyEqual(value, predicate.literals());
          case STARTS_WITH -> value.toString().startsWith(text(predicate.literal()));
          case NOT_STARTS_WITH -> !value.toString().startsWith(text(predicate.literal()));
          default -> throw new IllegalArgumentException(operation.toString());
        });
  }

  private static String text(Literal<?> literal) {
    return literal.value().toString();
  }

  private static boolean anyEqual(Object value, List<? extends Literal<?>> literals) {
    return literals.stream().anyMatch(literal -> compare(value, literal) == 0);
  }

  private static int compare(Object value, Literal<?> literal) {
    Object other = literal.value();
    if (value instanceof CharSequence text) {
      return Arrays.compareUnsigned(
          text.toString().getBytes(StandardCharsets.UTF_8),
          other.toString().getBytes(StandardCharsets.UTF_8));
    }
    if (value instanceof Boolean flag) {
      return flag.compareTo((Boolean) other);
    }
    if (value instanceof LocalDate date) {
      return other instanceof CharSequence text
          ? date.compareTo(LocalDate.parse(text))
          : Long.compare(date.toEpochDay(), ((Number) other).longValue());
    }
    if (value instanceof OffsetDateTime time) {
      return other instanceof CharSequence text
          ? time.toInstant().compareTo(OffsetDateTime.parse(text).toInstant())
          : Long.compare(micros(time.toInstant()), (Long) other);
    }
    if (value instanceof LocalDateTime time) {
      return other instanceof CharSequence text
          ? time.compareTo(LocalDateTime.parse(text))
          : Long.compare(micros(time.toInstant(ZoneOffset.UTC)), (Long) other);
    }
    return numbers((Number) value, (Number) other);
  }

  private static int numbers(Number value, Number other) {
    if (floating(value) || floating(other)) {
      double left = value.doubleValue();
      double right = other.doubleValue();
      // Double.compare puts NaN last, as Spark does, but orders the zeros.
      return left == right ? 0 : Double.compare(left, right);
    }
    return new BigDecimal(value.toString()).compareTo(new BigDecimal(other.toString()));
  }

  private static boolean floating(Number number) {
    return number instanceof Float || number instanceof Double;
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
