// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.DataType;
import java.util.List;
import java.util.OptionalLong;

/** A query with everything resolved and typed. Immutable; compared by identity. */
public abstract sealed class TypedQuery {
  private final List<Field> output;

  private TypedQuery(List<Field> output) {
    this.output = List.copyOf(output);
  }

  /** Its columns in order; the names are Spark's labels. */
  public List<Field> output() {
    return output;
  }

  /** A column of a SELECT's result. */
  public record Item(Expression expression, Field field) {
    public Item {
      requireNonNull(expression, "expression");
      requireNonNull(field, "field");
    }
  }

  /** Whether equal rows are kept. */
  public enum Duplicates {
    KEPT,
    DROPPED
  }

  /**
   * SELECT. Grouping is a {@link Source.Aggregation} in its FROM, so that a HAVING is its filter.
   * Keys of its order may name its own output or the columns of its source.
   */
  public static final class Select extends TypedQuery {
    private final Source from;
    private final List<Expression> filter;
    private final List<Item> items;
    private final Duplicates duplicates;
    private final List<SortKey> order;
    private final OptionalLong limit;
    private final OptionalLong offset;

    Select(
        Source from,
        List<Expression> filter,
        List<Item> items,
        Duplicates duplicates,
        List<SortKey> order,
        OptionalLong limit,
        OptionalLong offset) {
      super(items.stream().map(Item::field).toList());
      this.from = requireNonNull(from, "from");
      this.filter = List.copyOf(filter);
      this.items = List.copyOf(items);
      this.duplicates = requireNonNull(duplicates, "duplicates");
      this.order = List.copyOf(order);
      this.limit = requireNonNull(limit, "limit");
      this.offset = requireNonNull(offset, "offset");
    }

    /** The same query, ordered and limited. */
    Select ordered(List<SortKey> keys, OptionalLong newLimit, OptionalLong newOffset) {
      return new Select(from, filter, items, duplicates, keys, newLimit, newOffset);
    }

    /** What it reads. */
    public Source from() {
      return from;
    }

    /** Conditions that all hold. */
    public List<Expression> filter() {
      return filter;
    }

    /** Its columns. */
    public List<Item> items() {
      return items;
    }

    /** Whether it is DISTINCT. */
    public Duplicates duplicates() {
      return duplicates;
    }

    /** ORDER BY. */
    public List<SortKey> order() {
      return order;
    }

    /** LIMIT, rows. */
    public OptionalLong limit() {
      return limit;
    }

    /** OFFSET, rows. */
    public OptionalLong offset() {
      return offset;
    }
  }

  /** UNION, INTERSECT, EXCEPT. */
  public static final class SetOperation extends TypedQuery {
    private final Kind kind;
    private final Duplicates duplicates;
    private final TypedQuery left;
    private final TypedQuery right;

    SetOperation(
        Kind kind, Duplicates duplicates, TypedQuery left, TypedQuery right, List<Field> output) {
      super(output);
      this.kind = requireNonNull(kind, "kind");
      this.duplicates = requireNonNull(duplicates, "duplicates");
      this.left = requireNonNull(left, "left");
      this.right = requireNonNull(right, "right");
    }

    /** Which operation. */
    public enum Kind {
      UNION,
      INTERSECT,
      EXCEPT
    }

    /** Which operation. */
    public Kind kind() {
      return kind;
    }

    /** Whether it is ALL. */
    public Duplicates duplicates() {
      return duplicates;
    }

    /** The left side; its columns may still have to be cast to {@link #output}'s types. */
    public TypedQuery left() {
      return left;
    }

    /** The right side; its columns may still have to be cast to {@link #output}'s types. */
    public TypedQuery right() {
      return right;
    }
  }

  /** VALUES. */
  public static final class Values extends TypedQuery {
    private final List<List<Expression>> rows;

    Values(List<List<Expression>> rows, List<Field> output) {
      super(output);
      this.rows = rows.stream().map(List::copyOf).toList();
    }

    /** Its rows, each value of its column's type. */
    public List<List<Expression>> rows() {
      return rows;
    }
  }

  /** The types of the columns. */
  public List<DataType> types() {
    return output.stream().map(Field::type).toList();
  }
}
