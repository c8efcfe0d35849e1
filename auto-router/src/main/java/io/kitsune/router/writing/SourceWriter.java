// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import io.kitsune.router.analysis.Expression;
import io.kitsune.router.analysis.Field;
import io.kitsune.router.analysis.Source;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes what stands in FROM, and collects the WITH items that are named there. */
final class SourceWriter {
  private final Dialect dialect;
  private final ExpressionWriter expressions;
  private final TableWriter tables;
  private final Naming naming;
  private final QueryWriter queries;
  private final Map<Source.CommonTable, String> commonTables = new IdentityHashMap<>();
  private final Map<String, String> with = new LinkedHashMap<>();

  SourceWriter(
      Dialect dialect,
      ExpressionWriter expressions,
      TableWriter tables,
      Naming naming,
      QueryWriter queries) {
    this.dialect = dialect;
    this.expressions = expressions;
    this.tables = tables;
    this.naming = naming;
    this.queries = queries;
  }

  /** The WITH items met so far, by name, each after those that it names. */
  Map<String, String> with() {
    return with;
  }

  /** The relation with its alias, and its columns' names noted; empty for no FROM. */
  Optional<String> source(Source source) {
    if (source instanceof Source.Nothing) {
      return Optional.empty();
    }
    if (source instanceof Source.TableScan scan) {
      String alias = naming.alias(scan.alias());
      for (Field field : scan.fields()) {
        naming.note(field, alias, tables.columnName(scan, field));
      }
      return Optional.of(as(tables.relation(scan, scan.fields()), alias));
    }
    if (source instanceof Source.Derived derived) {
      String text = queries.nested(derived.query());
      String alias = naming.alias(derived.alias().isEmpty() ? "derived" : derived.alias());
      naming.note(derived.fields(), alias, derived.query());
      return Optional.of(as("(" + text + ")", alias));
    }
    if (source instanceof Source.Common common) {
      String name = commonTable(common.definition());
      String alias = naming.alias(common.definition().name());
      naming.note(common.fields(), alias, common.definition().query());
      return Optional.of(as(Dialect.identifier(name), alias));
    }
    if (source instanceof Source.Join join) {
      return Optional.of(join(join));
    }
    return Optional.of(aggregation((Source.Aggregation) source));
  }

  private static String as(String relation, String alias) {
    return relation + " AS " + Dialect.identifier(alias);
  }

  private String commonTable(Source.CommonTable definition) {
    String known = commonTables.get(definition);
    if (known == null) {
      String text = queries.nested(definition.query());
      known = naming.alias(definition.name());
      commonTables.put(definition, known);
      with.put(known, text);
    }
    return known;
  }

  private String join(Source.Join join) {
    boolean semi = join.kind() == Source.Join.Kind.SEMI || join.kind() == Source.Join.Kind.ANTI;
    if (semi && dialect.semiJoins() == Dialect.SemiJoins.EXISTS) {
      return exists(join);
    }
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

  /** A semi or anti join as a relation of the left side's rows. */
  private String exists(Source.Join join) {
    List<Field> fields = join.left().fields();
    String left = source(join.left()).orElseThrow();
    String right = source(join.right()).orElseThrow();
    String test =
        (join.kind() == Source.Join.Kind.SEMI ? " WHERE EXISTS" : " WHERE NOT EXISTS")
            + " (SELECT 1 FROM "
            + right
            + " WHERE "
            + conjunction(join.condition())
            + ")";
    List<String> own = Naming.distinct(fields);
    List<String> items = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      items.add(as(naming.column(fields.get(i)), own.get(i)));
    }
    String alias = naming.alias("kept");
    for (int i = 0; i < fields.size(); i++) {
      naming.note(fields.get(i), alias, own.get(i));
    }
    return as("(SELECT " + String.join(", ", items) + " FROM " + left + test + ")", alias);
  }

  private String aggregation(Source.Aggregation aggregation) {
    Optional<String> input = source(aggregation.input());
    List<String> own = Naming.distinct(aggregation.fields());
    List<String> items = new ArrayList<>();
    for (Source.Aggregation.Key key : aggregation.keys()) {
      String text = expressions.write(key.expression(), queries);
      items.add(expressions.canonical(text, key.expression().type()));
    }
    for (Source.Aggregation.Value value : aggregation.values()) {
      items.add(expressions.write(value.aggregate(), queries));
    }
    if (items.isEmpty()) {
      // A grouping of which nothing is used is one row.
      items.add("count(*)");
      own = List.of("count");
    }
    StringBuilder sql = new StringBuilder("(SELECT ");
    for (int i = 0; i < items.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(as(items.get(i), own.get(i)));
    }
    input.ifPresent(text -> sql.append(" FROM ").append(text));
    if (!aggregation.filter().isEmpty()) {
      sql.append(" WHERE ").append(conjunction(aggregation.filter()));
    }
    sql.append(groupBy(aggregation));
    String alias = naming.alias("grouped");
    for (int i = 0; i < aggregation.fields().size(); i++) {
      naming.note(aggregation.fields().get(i), alias, own.get(i));
    }
    return as(sql.append(")").toString(), alias);
  }

  private String groupBy(Source.Aggregation aggregation) {
    if (aggregation.sets().isEmpty()) {
      List<String> ordinals = new ArrayList<>();
      aggregation.keys().forEach(key -> ordinals.add(Integer.toString(ordinals.size() + 1)));
      return ordinals.isEmpty() ? "" : " GROUP BY " + String.join(", ", ordinals);
    }
    String sets =
        aggregation.sets().stream()
            .map(
                set ->
                    set.stream()
                        .map(key -> expressions.write(key.expression(), queries))
                        .collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", ", " GROUP BY GROUPING SETS (", ")"));
    // The set of no keys has a group here even of no rows, and has none in Spark.
    boolean total = aggregation.sets().stream().anyMatch(List::isEmpty);
    return total ? sets + " HAVING count(*) > 0" : sets;
  }

  /** Conditions that all hold; TRUE for none. */
  String conjunction(List<Expression> conditions) {
    return conditions.isEmpty()
        ? "TRUE"
        : conditions.stream()
            .map(condition -> expressions.write(condition, queries))
            .collect(Collectors.joining(" AND "));
  }
}
