// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Table;
import java.util.List;
import java.util.stream.Stream;

/** What a SELECT reads. Immutable; compared by identity. */
public abstract sealed class Source {
  private final List<Field> fields;

  private Source(List<Field> fields) {
    this.fields = List.copyOf(fields);
  }

  /** Its columns, in the order of {@code SELECT *}. */
  public List<Field> fields() {
    return fields;
  }

  /** No FROM: one row without columns. */
  public static final class Nothing extends Source {
    Nothing() {
      super(List.of());
    }
  }

  /** A table; its fields are the table's columns. */
  public static final class TableScan extends Source {
    private final Table table;
    private final String alias;

    TableScan(Table table, String alias, List<Field> fields) {
      super(fields);
      this.table = requireNonNull(table, "table");
      this.alias = requireNonNull(alias, "alias");
    }

    /** A Hive or Iceberg table. */
    public Table table() {
      return table;
    }

    /** The name that the query knows it by. */
    public String alias() {
      return alias;
    }
  }

  /** A query in FROM, a view among them; its fields stand for the query's output, in order. */
  public static final class Derived extends Source {
    private final TypedQuery query;
    private final String alias;

    Derived(TypedQuery query, String alias, List<Field> fields) {
      super(fields);
      this.query = requireNonNull(query, "query");
      this.alias = requireNonNull(alias, "alias");
    }

    /** The query. */
    public TypedQuery query() {
      return query;
    }

    /** The name that the query around knows it by; may be empty. */
    public String alias() {
      return alias;
    }
  }

  /** A reference to a WITH item; every reference has fields of its own. */
  public static final class Common extends Source {
    private final CommonTable definition;

    Common(CommonTable definition, List<Field> fields) {
      super(fields);
      this.definition = requireNonNull(definition, "definition");
    }

    /** The item. */
    public CommonTable definition() {
      return definition;
    }
  }

  /** A WITH item, shared by its references; compared by identity. */
  public static final class CommonTable {
    private final String name;
    private final TypedQuery query;

    CommonTable(String name, TypedQuery query) {
      this.name = requireNonNull(name, "name");
      this.query = requireNonNull(query, "query");
    }

    /** Its name. */
    public String name() {
      return name;
    }

    /** Its query. */
    public TypedQuery query() {
      return query;
    }
  }

  /** A join. */
  public static final class Join extends Source {
    private final Kind kind;
    private final Source left;
    private final Source right;
    private final List<Expression> condition;

    Join(Kind kind, Source left, Source right, List<Expression> condition, List<Field> fields) {
      super(fields);
      this.kind = requireNonNull(kind, "kind");
      this.left = requireNonNull(left, "left");
      this.right = requireNonNull(right, "right");
      this.condition = List.copyOf(condition);
    }

    /** Kinds of joins; INNER without a condition is the cross product. */
    public enum Kind {
      INNER,
      LEFT,
      RIGHT,
      FULL,
      SEMI,
      ANTI
    }

    /** Which kind. */
    public Kind kind() {
      return kind;
    }

    /** Left of JOIN. */
    public Source left() {
      return left;
    }

    /** Right of JOIN. */
    public Source right() {
      return right;
    }

    /** Conditions that all hold of a pair. */
    public List<Expression> condition() {
      return condition;
    }
  }

  /** GROUP BY and the aggregate functions over it; its fields are the keys, then the aggregates. */
  public static final class Aggregation extends Source {
    private final Source input;
    private final List<Expression> filter;
    private final List<Key> keys;
    private final List<Value> values;
    private final List<List<Key>> sets;

    Aggregation(
        Source input,
        List<Expression> filter,
        List<Key> keys,
        List<Value> values,
        List<List<Key>> sets) {
      super(
          Stream.concat(keys.stream().map(Key::field), values.stream().map(Value::field)).toList());
      this.input = requireNonNull(input, "input");
      this.filter = List.copyOf(filter);
      this.keys = List.copyOf(keys);
      this.values = List.copyOf(values);
      this.sets = sets.stream().map(List::copyOf).toList();
    }

    /** What is grouped. */
    public Source input() {
      return input;
    }

    /** WHERE, before grouping: conditions that all hold. */
    public List<Expression> filter() {
      return filter;
    }

    /** The grouping expressions; none for one group of everything. */
    public List<Key> keys() {
      return keys;
    }

    /** The aggregates. */
    public List<Value> values() {
      return values;
    }

    /**
     * The sets of keys that the rows are grouped by, each by itself; a key is NULL in the groups of
     * a set without it. Where nothing is grouped, the set of no keys has no group, as in Spark.
     * Their keys, and the arguments of the aggregates, are columns of the input.
     *
     * @return empty for a plain GROUP BY, by all keys together
     */
    public List<List<Key>> sets() {
      return sets;
    }

    /** A grouping expression and the field that stands for it. */
    public record Key(Expression expression, Field field) {}

    /** An aggregate and the field that stands for it. */
    public record Value(Expression.Aggregate aggregate, Field field) {}
  }
}
