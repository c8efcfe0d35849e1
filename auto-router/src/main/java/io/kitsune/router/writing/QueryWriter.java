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
import io.kitsune.router.analysis.TypedQuery;
import io.kitsune.router.analysis.TypedQuery.Duplicates;
import io.kitsune.router.analysis.TypedQuery.Item;
import io.kitsune.router.analysis.TypedQuery.Select;
import io.kitsune.router.analysis.TypedQuery.SetOperation;
import io.kitsune.router.analysis.TypedQuery.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Writes an analysed query as one SELECT in an engine's dialect. Every relation gets an alias of
 * its own and every column is named with it, so that nothing is left to the engine's rules of name
 * resolution; NULL order is always written. One writer writes one query.
 */
public final class QueryWriter implements ExpressionWriter.Names {
  private final Dialect dialect;
  private final ExpressionWriter expressions;
  private final Naming naming = new Naming();
  private final SourceWriter sources;

  /** A writer for one query. */
  public QueryWriter(Dialect dialect, ExpressionWriter expressions, TableWriter tables) {
    this.dialect = dialect;
    this.expressions = expressions;
    this.sources = new SourceWriter(dialect, expressions, tables, naming, this);
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
    Map<String, String> with = sources.with();
    return with.isEmpty()
        ? body
        : with.entrySet().stream()
            .map(item -> Dialect.identifier(item.getKey()) + " AS (" + item.getValue() + ")")
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
      return select(select, select.output().stream().map(Field::name).toList(), Types.CAST);
    }
    String alias = naming.alias("result");
    String text = nested(query);
    List<String> inner = naming.output(query);
    List<String> items = new ArrayList<>();
    for (int i = 0; i < inner.size(); i++) {
      Field column = query.output().get(i);
      String value = Naming.qualified(alias, inner.get(i));
      items.add(as(dialect.cast(value, column.type(), Place.NONE), column.name()));
    }
    return "SELECT " + String.join(", ", items) + " FROM " + as("(" + text + ")", alias);
  }

  /** A query inside another; its columns have names of their own, all different. */
  String nested(TypedQuery query) {
    if (query instanceof Select select) {
      return select(select, naming.nameOutput(query), Types.AS_WRITTEN);
    }
    if (query instanceof SetOperation operation) {
      return setOperation(operation);
    }
    return values((Values) query);
  }

  /** Whether a SELECT's items are cast to their types, or are known to have them. */
  private enum Types {
    CAST,
    AS_WRITTEN
  }

  private String select(Select select, List<String> labels, Types types) {
    Optional<String> from = sources.source(select.from());
    List<String> items = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      Expression expression = select.items().get(i).expression();
      String text = expressions.write(expression, this);
      if (select.duplicates() == Duplicates.DROPPED) {
        text = expressions.canonical(text, expression.type());
      }
      if (types == Types.CAST || expression.type() == Simple.VOID) {
        DataType type = expression.type() == Simple.VOID ? Simple.INT : expression.type();
        text = dialect.cast(text, type, expression.place());
      }
      items.add(as(text, labels.get(i)));
    }
    StringBuilder sql = new StringBuilder("SELECT ");
    if (select.duplicates() == Duplicates.DROPPED) {
      sql.append("DISTINCT ");
    }
    sql.append(String.join(", ", items));
    from.ifPresent(text -> sql.append(" FROM ").append(text));
    if (!select.filter().isEmpty()) {
      sql.append(" WHERE ").append(sources.conjunction(select.filter()));
    }
    appendOrder(sql, select);
    append(sql, " OFFSET ", select.offset());
    append(sql, " LIMIT ", select.limit());
    return sql.toString();
  }

  private static void append(StringBuilder sql, String keyword, OptionalLong rows) {
    rows.ifPresent(number -> sql.append(keyword).append(number));
  }

  private void appendOrder(StringBuilder sql, Select select) {
    List<String> keys = new ArrayList<>();
    for (SortKey key : select.order()) {
      if (!(key.expression() instanceof Expression.Literal)) {
        sortKeys(key, select).forEach(text -> keys.add(text + direction(key)));
      }
    }
    if (!keys.isEmpty()) {
      sql.append(" ORDER BY ").append(String.join(", ", keys));
    }
  }

  private List<String> sortKeys(SortKey key, Select select) {
    Expression expression = key.expression();
    if (expression instanceof ColumnReference reference) {
      for (int i = 0; i < select.items().size(); i++) {
        Item item = select.items().get(i);
        if (item.field() == reference.field()) {
          String ordinal = Integer.toString(i + 1);
          if (expressions.sortKeys(ordinal, expression.type()).equals(List.of(ordinal))) {
            return List.of(ordinal);
          }
          if (select.duplicates() == Duplicates.DROPPED) {
            throw new Refusal(
                "ORDER BY", expression.place(), "Of DISTINCT and this type it is not known.");
          }
          expression = item.expression();
          break;
        }
      }
    }
    return expressions.sortKeys(expressions.write(expression, this), expression.type());
  }

  /** Direction and place of NULLs, always written. */
  public static String direction(SortKey key) {
    return (key.direction() == SortKey.Direction.ASCENDING ? " ASC" : " DESC")
        + (key.nulls() == SortKey.Nulls.FIRST ? " NULLS FIRST" : " NULLS LAST");
  }

  private String setOperation(SetOperation operation) {
    boolean distinct = operation.duplicates() == Duplicates.DROPPED;
    if (distinct || operation.kind() != SetOperation.Kind.UNION) {
      for (Field column : operation.output()) {
        if (column.type() == Simple.DOUBLE || column.type() == Simple.FLOAT) {
          throw new Refusal(
              operation.kind().name(), Place.NONE, "Equality of floating zeros would differ.");
        }
      }
    }
    List<String> own = naming.nameOutput(operation);
    return "("
        + side(operation.left(), operation, own)
        + ") "
        + operation.kind()
        + (distinct ? "" : " ALL")
        + " ("
        + side(operation.right(), operation, own)
        + ")";
  }

  /** One side with the operation's names and types. */
  private String side(TypedQuery side, SetOperation operation, List<String> own) {
    String text = nested(side);
    String alias = naming.alias("side");
    naming.note(side.output(), alias, side);
    List<String> items = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      Expression column = cast(side.output().get(i), operation.output().get(i).type());
      items.add(as(expressions.write(column, this), own.get(i)));
    }
    return "SELECT " + String.join(", ", items) + " FROM " + as("(" + text + ")", alias);
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
    List<String> own = naming.nameOutput(values);
    String rows =
        values.rows().stream()
            .map(
                row ->
                    row.stream()
                        .map(cell -> expressions.write(cell, this))
                        .collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", "));
    return "SELECT * FROM "
        + as("(VALUES " + rows + ")", naming.alias("rows"))
        + own.stream().map(Dialect::identifier).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String as(String text, String name) {
    return text + " AS " + Dialect.identifier(name);
  }

  @Override
  public String column(Field field) {
    return naming.column(field);
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
    String alias = naming.alias("side");
    naming.note(query.output(), alias, query);
    return "SELECT "
        + expressions.write(cast(column, type), this)
        + " FROM "
        + as("(" + text + ")", alias);
  }
}
