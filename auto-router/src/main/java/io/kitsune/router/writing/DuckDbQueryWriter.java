// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression;
import io.kitsune.router.analysis.Expression.ColumnReference;
import io.kitsune.router.analysis.Field;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.analysis.SortKey;
import io.kitsune.router.analysis.Source;
import io.kitsune.router.analysis.TypedQuery;
import io.kitsune.router.analysis.TypedQuery.Duplicates;
import io.kitsune.router.analysis.TypedQuery.Item;
import io.kitsune.router.analysis.TypedQuery.Select;
import io.kitsune.router.analysis.TypedQuery.SetOperation;
import io.kitsune.router.analysis.TypedQuery.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes an analysed query as one DuckDB SELECT. Every relation gets an alias of its own and every
 * column is named with it, so that nothing is left to DuckDB's rules of name resolution; NULL order
 * is always written. One writer writes one query.
 */
public final class DuckDbQueryWriter implements ExpressionWriter.Names {
  private final ExpressionWriter expressions;
  private final TableWriter tables;
  private final Map<Field, String> names = new IdentityHashMap<>();
  private final Map<TypedQuery, List<String>> columnNames = new IdentityHashMap<>();
  private final Set<String> aliases = new HashSet<>();
  private final Map<Source.CommonTable, String> commonTables = new IdentityHashMap<>();
  private final Map<String, String> with = new LinkedHashMap<>();

  /** A writer for one query. */
  public DuckDbQueryWriter(ExpressionWriter expressions, TableWriter tables) {
    this.expressions = expressions;
    this.tables = tables;
  }

  /**
   * The whole query, its columns cast to Spark's types and labelled as Spark labels them.
   *
   * @throws Refusal if something is not known to mean the same
   */
  public String write(TypedQuery query) {
    for (int i = 0; i < query.output().size(); i++) {
      Field column = query.output().get(i);
      if (column.name().isEmpty()) {
        Place place =
            query instanceof Select select
                ? select.items().get(i).expression().place()
                : Place.NONE;
        throw new Refusal(
            "a column's label", place, "Spark's label for it is not known: give it an alias.");
      }
      if (column.type() == Simple.VOID) {
        throw new Refusal("type void", Place.NONE, "A column of NULLs has no type elsewhere.");
      }
    }
    String body = top(query);
    return with.isEmpty()
        ? body
        : with.entrySet().stream()
            .map(item -> DuckDbText.identifier(item.getKey()) + " AS (" + item.getValue() + ")")
            .collect(Collectors.joining(", ", "WITH ", " " + body));
  }

  /** The columns of the result with Spark's labels and types. */
  public static List<Column> columns(TypedQuery query) {
    return query.output().stream()
        .map(field -> new Column(field.name(), field.type(), field.nullable(), ""))
        .toList();
  }

  private String top(TypedQuery query) {
    if (query instanceof Select select) {
      return select(select, select.output().stream().map(Field::name).toList(), true);
    }
    String alias = alias("result");
    String text = nested(query);
    List<String> inner = columnNames.get(query);
    List<String> items = new ArrayList<>();
    for (int i = 0; i < inner.size(); i++) {
      Field column = query.output().get(i);
      items.add(
          DuckDbText.cast(qualified(alias, inner.get(i)), column.type(), Place.NONE)
              + " AS "
              + DuckDbText.identifier(column.name()));
    }
    return "SELECT " + String.join(", ", items) + " FROM (" + text + ") AS " + quoted(alias);
  }

  /** A query inside another; its columns have names of their own, all different. */
  private String nested(TypedQuery query) {
    if (query instanceof Select select) {
      List<String> own = distinctNames(query.output());
      columnNames.put(query, own);
      return select(select, own, false);
    }
    if (query instanceof SetOperation operation) {
      return setOperation(operation);
    }
    return values((Values) query);
  }

  private String select(Select select, List<String> labels, boolean cast) {
    Optional<String> from = source(select.from());
    List<String> items = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      Expression expression = select.items().get(i).expression();
      String text = expressions.write(expression, this);
      if (select.duplicates() == Duplicates.DROPPED) {
        text = expressions.canonical(text, expression.type());
      }
      if (cast || expression.type() == Simple.VOID) {
        DataType type = expression.type() == Simple.VOID ? Simple.INT : expression.type();
        text = DuckDbText.cast(text, type, expression.place());
      }
      items.add(text + " AS " + DuckDbText.identifier(labels.get(i)));
    }
    StringBuilder sql = new StringBuilder("SELECT ");
    if (select.duplicates() == Duplicates.DROPPED) {
      sql.append("DISTINCT ");
    }
    sql.append(String.join(", ", items));
    from.ifPresent(text -> sql.append(" FROM ").append(text));
    appendFilter(sql, " WHERE ", select.filter());
    appendOrder(sql, select);
    append(sql, " LIMIT ", select.limit());
    append(sql, " OFFSET ", select.offset());
    return sql.toString();
  }

  private void appendFilter(StringBuilder sql, String keyword, List<Expression> conditions) {
    if (!conditions.isEmpty()) {
      sql.append(keyword).append(conjunction(conditions));
    }
  }

  private String conjunction(List<Expression> conditions) {
    return conditions.stream()
        .map(condition -> expressions.write(condition, this))
        .collect(Collectors.joining(" AND "));
  }

  private static void append(StringBuilder sql, String keyword, OptionalLong rows) {
    rows.ifPresent(number -> sql.append(keyword).append(number));
  }

  private void appendOrder(StringBuilder sql, Select select) {
    String keys =
        select.order().stream()
            .filter(key -> !(key.expression() instanceof Expression.Literal))
            .map(key -> sortKey(key, select.items()))
            .collect(Collectors.joining(", "));
    if (!keys.isEmpty()) {
      sql.append(" ORDER BY ").append(keys);
    }
  }

  private String sortKey(SortKey key, List<Item> items) {
    if (key.expression() instanceof ColumnReference reference) {
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i).field() == reference.field()) {
          return (i + 1) + direction(key);
        }
      }
    }
    return expressions.write(key.expression(), this) + direction(key);
  }

  /** Direction and place of NULLs, always written. */
  public static String direction(SortKey key) {
    return (key.direction() == SortKey.Direction.ASCENDING ? " ASC" : " DESC")
        + (key.nulls() == SortKey.Nulls.FIRST ? " NULLS FIRST" : " NULLS LAST");
  }

  private String setOperation(SetOperation operation) {
    List<String> own = distinctNames(operation.output());
    boolean distinct = operation.duplicates() == Duplicates.DROPPED;
    if (distinct || operation.kind() != SetOperation.Kind.UNION) {
      for (Field column : operation.output()) {
        if (column.type() == Simple.DOUBLE || column.type() == Simple.FLOAT) {
          throw new Refusal(
              operation.kind().name(), Place.NONE, "Equality of floating zeros would differ.");
        }
      }
    }
    String text =
        "("
            + side(operation.left(), operation, own)
            + ") "
            + operation.kind()
            + (distinct ? "" : " ALL")
            + " ("
            + side(operation.right(), operation, own)
            + ")";
    columnNames.put(operation, own);
    return text;
  }

  /** One side with the operation's names and types. */
  private String side(TypedQuery side, SetOperation operation, List<String> own) {
    String text = nested(side);
    String alias = alias("side");
    List<String> items = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      Field from = side.output().get(i);
      names.put(from, qualified(alias, columnNames.get(side).get(i)));
      Expression column = cast(from, operation.output().get(i).type());
      items.add(expressions.write(column, this) + " AS " + DuckDbText.identifier(own.get(i)));
    }
    return "SELECT " + String.join(", ", items) + " FROM (" + text + ") AS " + quoted(alias);
  }

  private static Expression cast(Field field, DataType type) {
    Expression column =
        new ColumnReference(
            field, field.name(), ColumnReference.Origin.OWN, field.nullable(), Place.NONE);
    return field.type().equals(type)
        ? column
        : new Expression.Cast(column, type, Expression.Cast.Reason.COERCION, Place.NONE);
  }

  private String values(Values values) {
    List<String> own = distinctNames(values.output());
    columnNames.put(values, own);
    String rows =
        values.rows().stream()
            .map(
                row ->
                    row.stream()
                        .map(cell -> expressions.write(cell, this))
                        .collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", "));
    return "SELECT * FROM (VALUES "
        + rows
        + ") AS "
        + quoted(alias("rows"))
        + own.stream().map(DuckDbText::identifier).collect(Collectors.joining(", ", "(", ")"));
  }

  /** The relation with its alias, and its columns' names noted; empty for no FROM. */
  private Optional<String> source(Source source) {
    if (source instanceof Source.Nothing) {
      return Optional.empty();
    }
    if (source instanceof Source.TableScan scan) {
      String alias = alias(scan.alias());
      for (Field field : scan.fields()) {
        names.put(field, qualified(alias, tables.columnName(scan, field)));
      }
      return Optional.of(tables.relation(scan, scan.fields()) + " AS " + quoted(alias));
    }
    if (source instanceof Source.Derived derived) {
      return Optional.of(
          derived(nested(derived.query()), derived, derived.query(), derived.alias()));
    }
    if (source instanceof Source.Common common) {
      String name = commonTable(common.definition());
      String alias = alias(common.definition().name());
      noteNames(alias, common.fields(), common.definition().query());
      return Optional.of(quoted(name) + " AS " + quoted(alias));
    }
    if (source instanceof Source.Join join) {
      return Optional.of(join(join));
    }
    return Optional.of(aggregation((Source.Aggregation) source));
  }

  private String derived(String text, Source source, TypedQuery query, String name) {
    String alias = alias(name.isEmpty() ? "derived" : name);
    noteNames(alias, source.fields(), query);
    return "(" + text + ") AS " + quoted(alias);
  }

  private void noteNames(String alias, List<Field> fields, TypedQuery query) {
    List<String> inner = columnNames.get(query);
    for (int i = 0; i < fields.size(); i++) {
      names.put(fields.get(i), qualified(alias, inner.get(i)));
    }
  }

  private String commonTable(Source.CommonTable definition) {
    String known = commonTables.get(definition);
    if (known == null) {
      String text = nested(definition.query());
      known = alias(definition.name());
      commonTables.put(definition, known);
      with.put(known, text);
    }
    return known;
  }

  private String join(Source.Join join) {
    String left = source(join.left()).orElseThrow();
    String right = source(join.right()).orElseThrow();
    if (join.right() instanceof Source.Join) {
      right = "(" + right + ")";
    }
    if (join.kind() == Source.Join.Kind.INNER && join.condition().isEmpty()) {
      return left + " CROSS JOIN " + right;
    }
    return left + " " + join.kind() + " JOIN " + right + " ON " + conjunction(join.condition());
  }

  private String aggregation(Source.Aggregation aggregation) {
    Optional<String> input = source(aggregation.input());
    List<String> own = distinctNames(aggregation.fields());
    List<String> items = new ArrayList<>();
    for (Source.Aggregation.Key key : aggregation.keys()) {
      String text = expressions.write(key.expression(), this);
      items.add(expressions.canonical(text, key.expression().type()));
    }
    for (Source.Aggregation.Value value : aggregation.values()) {
      items.add(expressions.write(value.aggregate(), this));
    }
    if (items.isEmpty()) {
      // A grouping of which nothing is used is one row.
      items.add("count(*)");
      own = List.of("count");
    }
    StringBuilder sql = new StringBuilder("(SELECT ");
    for (int i = 0; i < items.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(items.get(i)).append(" AS ");
      sql.append(DuckDbText.identifier(own.get(i)));
    }
    input.ifPresent(text -> sql.append(" FROM ").append(text));
    appendFilter(sql, " WHERE ", aggregation.filter());
    for (int i = 0; i < aggregation.keys().size(); i++) {
      sql.append(i == 0 ? " GROUP BY " : ", ").append(i + 1);
    }
    String alias = alias("grouped");
    for (int i = 0; i < aggregation.fields().size(); i++) {
      names.put(aggregation.fields().get(i), qualified(alias, own.get(i)));
    }
    return sql.append(") AS ").append(quoted(alias)).toString();
  }

  @Override
  public String column(Field field) {
    String name = names.get(field);
    if (name == null) {
      throw new IllegalStateException("no relation in scope has the column " + field);
    }
    return name;
  }

  @Override
  public String subquery(TypedQuery query) {
    return nested(query);
  }

  @Override
  public String subquery(TypedQuery query, DataType type) {
    Field column = query.output().get(0);
    String text = nested(query);
    if (column.type().equals(type)) {
      return text;
    }
    String alias = alias("side");
    names.put(column, qualified(alias, columnNames.get(query).get(0)));
    return "SELECT "
        + expressions.write(cast(column, type), this)
        + " FROM ("
        + text
        + ") AS "
        + quoted(alias);
  }

  private String alias(String wanted) {
    String alias = wanted;
    for (int i = 2; !aliases.add(alias.toLowerCase(Locale.ROOT)); i++) {
      alias = wanted + "_" + i;
    }
    return alias;
  }

  private static List<String> distinctNames(List<Field> fields) {
    Set<String> taken = new HashSet<>();
    List<String> own = new ArrayList<>();
    for (Field field : fields) {
      String wanted = field.name().isEmpty() ? "column" : field.name();
      String name = wanted;
      for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
        name = wanted + "_" + i;
      }
      own.add(name);
    }
    return own;
  }

  private static String quoted(String name) {
    return DuckDbText.identifier(name);
  }

  private static String qualified(String alias, String column) {
    return quoted(alias) + "." + quoted(column);
  }
}
