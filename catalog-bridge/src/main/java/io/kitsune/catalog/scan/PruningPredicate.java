// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.scan;

import static org.apache.iceberg.expressions.Expression.Operation.EQ;
import static org.apache.iceberg.expressions.Expression.Operation.GT;
import static org.apache.iceberg.expressions.Expression.Operation.GT_EQ;
import static org.apache.iceberg.expressions.Expression.Operation.IN;
import static org.apache.iceberg.expressions.Expression.Operation.LT;
import static org.apache.iceberg.expressions.Expression.Operation.LT_EQ;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.BoundPredicate;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expression.Operation;
import org.apache.iceberg.expressions.ExpressionVisitors;
import org.apache.iceberg.expressions.ExpressionVisitors.ExpressionVisitor;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.expressions.NamedReference;
import org.apache.iceberg.expressions.UnboundPredicate;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Makes of a statement's predicate one that Iceberg can prune by and that never excludes a row that
 * Spark would keep. What cannot be carried over exactly becomes true:
 *
 * <ul>
 *   <li>names are looked up as Spark does, exactly or without regard to case, and carried by field
 *       id into the schema that the scan binds to;
 *   <li>literals that the column's type cannot hold exactly: Iceberg would round them;
 *   <li>to Spark NaN is greater than every number, but Iceberg's bounds leave it out, so that
 *       {@code x > 1} has to ask for NaN as well; and {@code -0.0} equals {@code 0.0}, but Iceberg
 *       orders them.
 * </ul>
 */
public final class PruningPredicate extends ExpressionVisitor<Expression> {
  private final Schema requested;
  private final Schema scanned;

  private PruningPredicate(Schema requested, Schema scanned) {
    this.requested = requested;
    this.scanned = scanned;
  }

  /**
   * The predicate to prune by.
   *
   * @param predicate over the names of {@code requested}
   * @param scanned the schema that the scan binds the result to
   */
  public static Expression of(Expression predicate, Schema requested, Schema scanned) {
    // Without NOT, every leaf that becomes true can only keep more.
    return ExpressionVisitors.visit(
        Expressions.rewriteNot(predicate), new PruningPredicate(requested, scanned));
  }

  @Override
  public Expression alwaysTrue() {
    return Expressions.alwaysTrue();
  }

  @Override
  public Expression alwaysFalse() {
    return Expressions.alwaysFalse();
  }

  @Override
  public Expression not(Expression result) {
    throw new IllegalStateException("NOT was rewritten before: " + result);
  }

  @Override
  public Expression and(Expression left, Expression right) {
    return Expressions.and(left, right);
  }

  @Override
  public Expression or(Expression left, Expression right) {
    return Expressions.or(left, right);
  }

  @Override
  public <T> Expression predicate(BoundPredicate<T> predicate) {
    return Expressions.alwaysTrue();
  }

  @Override
  public <T> Expression predicate(UnboundPredicate<T> predicate) {
    if (!(predicate.term() instanceof NamedReference<T> reference)) {
      return Expressions.alwaysTrue();
    }
    return ColumnLookup.find(requested, reference.name())
        .flatMap(field -> Optional.ofNullable(scanned.asStruct().field(field.fieldId())))
        .map(field -> overColumn(predicate, field))
        .orElseGet(Expressions::alwaysTrue);
  }

  private static Expression overColumn(UnboundPredicate<?> predicate, Types.NestedField field) {
    Type type = field.type();
    if (!ExactLiteral.comparable(type)) {
      return Expressions.alwaysTrue();
    }
    Operation operation = predicate.op();
    return switch (operation) {
      case IS_NULL, NOT_NULL, IS_NAN, NOT_NAN -> unary(operation, field);
      case LT, LT_EQ, GT, GT_EQ, EQ, NOT_EQ, STARTS_WITH, NOT_STARTS_WITH ->
          ExactLiteral.of(predicate.literal(), type)
              .map(literal -> compare(operation, field, literal))
              .orElseGet(Expressions::alwaysTrue);
      case IN, NOT_IN -> set(operation, field, predicate.literals());
      default -> Expressions.alwaysTrue();
    };
  }

  private static Expression unary(Operation operation, Types.NestedField field) {
    boolean aboutNaN = operation == Operation.IS_NAN || operation == Operation.NOT_NAN;
    return aboutNaN && !floating(field)
        ? Expressions.alwaysTrue()
        : Expressions.predicate(operation, field.name());
  }

  private static Expression compare(
      Operation operation, Types.NestedField field, Literal<?> literal) {
    String name = field.name();
    if (!floating(field)) {
      return Expressions.predicate(operation, name, literal);
    }
    if (isZero(literal) && operation == EQ) {
      return Expressions.and(
          Expressions.predicate(GT_EQ, name, zero(field, -0.0)),
          Expressions.predicate(LT_EQ, name, zero(field, 0.0)));
    }
    if (operation == LT || operation == LT_EQ || operation == EQ) {
      Literal<?> widest = isZero(literal) ? zero(field, 0.0) : literal;
      return Expressions.predicate(operation, name, widest);
    }
    if (operation == GT || operation == GT_EQ) {
      Literal<?> widest = isZero(literal) ? zero(field, -0.0) : literal;
      return orNaN(Expressions.predicate(operation, name, widest), name);
    }
    // What no bound can exclude is not worth asking.
    return Expressions.alwaysTrue();
  }

  private static Expression set(
      Operation operation, Types.NestedField field, List<? extends Literal<?>> literals) {
    if (operation != IN && floating(field)) {
      return Expressions.alwaysTrue();
    }
    List<Object> values = new ArrayList<>();
    for (Literal<?> literal : literals) {
      Optional<Literal<?>> exact = ExactLiteral.of(literal, field.type());
      if (exact.isEmpty()) {
        return Expressions.alwaysTrue();
      }
      if (floating(field) && isZero(exact.get())) {
        values.add(zero(field, -0.0).value());
        values.add(zero(field, 0.0).value());
      } else {
        values.add(exact.get().value());
      }
    }
    // NULL is in no set and outside of none; Iceberg 1.11 fails on a NULL partition value of text.
    return Expressions.and(
        Expressions.notNull(field.name()), Expressions.predicate(operation, field.name(), values));
  }

  private static Expression orNaN(Expression comparison, String name) {
    return Expressions.or(comparison, Expressions.isNaN(name));
  }

  private static boolean floating(Types.NestedField field) {
    return field.type().typeId() == Type.TypeID.FLOAT
        || field.type().typeId() == Type.TypeID.DOUBLE;
  }

  private static boolean isZero(Literal<?> literal) {
    return ((Number) literal.value()).doubleValue() == 0.0;
  }

  private static Literal<?> zero(Types.NestedField field, double zero) {
    return field.type().typeId() == Type.TypeID.FLOAT ? Literal.of((float) zero) : Literal.of(zero);
  }
}
