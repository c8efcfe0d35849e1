// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.DataType;
import java.util.List;
import java.util.stream.Stream;

/**
 * An expression with Spark's type, its implicit casts made visible. Immutable; two expressions are
 * equal if they compute the same from the same fields in the same way.
 */
public sealed interface Expression {
  /** Spark's type of the value. */
  DataType type();

  /** Whether Spark's schema says that it may be NULL. */
  boolean nullable();

  /** Where it stands in the text. */
  Place place();

  /** The expressions it is made of, sub-queries not included. */
  List<Expression> children();

  /**
   * A constant.
   *
   * @param value null, or a Boolean, a Long for the integral types, BigDecimal, Double, Float,
   *     String, and for a date its day since 1970-01-01 as a Long, for a timestamp its microsecond
   *     as a Long
   */
  record Literal(Object value, DataType type, Place place) implements Expression {
    public Literal {
      requireNonNull(type, "type");
      requireNonNull(place, "place");
    }

    @Override
    public boolean nullable() {
      return value == null;
    }

    @Override
    public List<Expression> children() {
      return List.of();
    }
  }

  /**
   * A span of time as written, which only date arithmetic takes.
   *
   * @param months whole months, and {@code days} whole days; one of the two is zero
   */
  record Interval(long months, long days, Place place) implements Expression {
    @Override
    public DataType type() {
      return new DataType.Unmodelled(months == 0 ? "interval day" : "interval month");
    }

    @Override
    public boolean nullable() {
      return false;
    }

    @Override
    public List<Expression> children() {
      return List.of();
    }
  }

  /**
   * A column of a relation in scope.
   *
   * @param name as the user wrote it, which Spark keeps for labels
   * @param origin whether the relation is the query's own or of the query around it
   * @param nullable whether it may be NULL here, behind an outer join for example
   */
  record ColumnReference(Field field, String name, Origin origin, boolean nullable, Place place)
      implements Expression {
    public ColumnReference {
      requireNonNull(field, "field");
      requireNonNull(name, "name");
      requireNonNull(origin, "origin");
      requireNonNull(place, "place");
    }

    /** Which query the relation belongs to. */
    public enum Origin {
      OWN,
      OUTER
    }

    @Override
    public DataType type() {
      return field.type();
    }

    @Override
    public List<Expression> children() {
      return List.of();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ColumnReference reference && reference.field == field;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(field);
    }
  }

  /** A conversion, either written by the user or put there by Spark's coercion rules. */
  record Cast(Expression input, DataType type, Reason reason, Place place) implements Expression {
    public Cast {
      requireNonNull(input, "input");
      requireNonNull(type, "type");
      requireNonNull(reason, "reason");
      requireNonNull(place, "place");
    }

    /** Who asked for it. */
    public enum Reason {
      WRITTEN,
      COERCION
    }

    @Override
    public boolean nullable() {
      return input.nullable() || Coercion.castMayYieldNull(input.type(), type);
    }

    @Override
    public List<Expression> children() {
      return List.of(input);
    }
  }

  /**
   * A function or operator of one row.
   *
   * @param function Spark's name, lower case; operators by their sign. {@code case} has pairs of
   *     condition and value, then the ELSE value if one was written
   */
  record Call(
      String function, List<Expression> arguments, DataType type, boolean nullable, Place place)
      implements Expression {
    public Call {
      requireNonNull(function, "function");
      arguments = List.copyOf(arguments);
      requireNonNull(type, "type");
      requireNonNull(place, "place");
    }

    @Override
    public List<Expression> children() {
      return arguments;
    }
  }

  /** An aggregate function; {@code count(*)} is {@code count} of the literal 1, as in Spark. */
  record Aggregate(
      String function,
      Quantifier quantifier,
      List<Expression> arguments,
      DataType type,
      boolean nullable,
      Place place)
      implements Expression {
    public Aggregate {
      requireNonNull(function, "function");
      requireNonNull(quantifier, "quantifier");
      arguments = List.copyOf(arguments);
      requireNonNull(type, "type");
      requireNonNull(place, "place");
    }

    /** The same of other arguments, which have the same types. */
    Aggregate of(List<Expression> others) {
      return new Aggregate(function, quantifier, others, type, nullable, place);
    }

    /** Which values it takes. */
    public enum Quantifier {
      ALL,
      DISTINCT
    }

    @Override
    public List<Expression> children() {
      return arguments;
    }
  }

  /**
   * A function over a window.
   *
   * @param function an {@link Aggregate}, or a {@link Call} of a ranking function
   */
  record Window(
      Expression function,
      List<Expression> partition,
      List<SortKey> order,
      Frame frame,
      Place place)
      implements Expression {
    public Window {
      requireNonNull(function, "function");
      partition = List.copyOf(partition);
      order = List.copyOf(order);
      requireNonNull(frame, "frame");
      requireNonNull(place, "place");
    }

    /** The frames that are known. */
    public enum Frame {
      /** The whole partition. */
      WHOLE("ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"),
      /** All rows up to the current one. */
      ROWS_TO_CURRENT("ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"),
      /** All rows up to the current one and its peers. */
      RANGE_TO_CURRENT("RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW");

      private final String sql;

      Frame(String sql) {
        this.sql = sql;
      }

      /** The frame clause, the same in every dialect. */
      public String sql() {
        return sql;
      }
    }

    @Override
    public DataType type() {
      return function.type();
    }

    @Override
    public boolean nullable() {
      return function.nullable();
    }

    @Override
    public List<Expression> children() {
      return Stream.of(
              function.children().stream(),
              partition.stream(),
              order.stream().map(SortKey::expression))
          .flatMap(each -> each)
          .toList();
    }
  }

  /** A query that stands for its one value. */
  record ScalarSubquery(TypedQuery query, Place place) implements Expression {
    public ScalarSubquery {
      requireNonNull(query, "query");
      requireNonNull(place, "place");
    }

    @Override
    public DataType type() {
      return query.output().get(0).type();
    }

    @Override
    public boolean nullable() {
      return true;
    }

    @Override
    public List<Expression> children() {
      return List.of();
    }
  }

  /** Whether a query has rows. */
  record Exists(TypedQuery query, Place place) implements Expression {
    public Exists {
      requireNonNull(query, "query");
      requireNonNull(place, "place");
    }

    @Override
    public DataType type() {
      return DataType.Simple.BOOLEAN;
    }

    @Override
    public boolean nullable() {
      return false;
    }

    @Override
    public List<Expression> children() {
      return List.of();
    }
  }

  /**
   * Whether a value is among a query's rows.
   *
   * @param comparedAs the type that value and column are compared in
   */
  record InSubquery(Expression value, TypedQuery query, DataType comparedAs, Place place)
      implements Expression {
    public InSubquery {
      requireNonNull(value, "value");
      requireNonNull(query, "query");
      requireNonNull(comparedAs, "comparedAs");
      requireNonNull(place, "place");
    }

    @Override
    public DataType type() {
      return DataType.Simple.BOOLEAN;
    }

    @Override
    public boolean nullable() {
      return value.nullable() || query.output().get(0).nullable();
    }

    @Override
    public List<Expression> children() {
      return List.of(value);
    }
  }
}
