// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.catalog.TableName;
import io.kitsune.router.analysis.Expression.ColumnReference.Origin;
import io.kitsune.router.analysis.Source.Join;
import io.kitsune.router.reading.SparkOperators;
import io.kitsune.router.resolution.Relation;
import io.kitsune.router.resolution.Resolution;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Analyses what stands in FROM: tables, views, WITH items, derived tables, joins. */
final class SourceAnalyzer {
  private final QueryAnalyzer queries;
  private final Resolution resolution;
  private final List<Source.TableScan> scans = new ArrayList<>();

  SourceAnalyzer(QueryAnalyzer queries, Resolution resolution) {
    this.queries = queries;
    this.resolution = resolution;
  }

  /** A source and the names its columns have. */
  record Analyzed(Source source, List<Scope.Column> columns) {}

  List<Source.TableScan> scans() {
    return List.copyOf(scans);
  }

  /** A relation; a null FROM is one row without columns. */
  Analyzed analyze(SqlNode node) {
    if (node == null) {
      return new Analyzed(new Source.Nothing(), List.of());
    }
    if (node instanceof SqlJoin join) {
      return join(join);
    }
    if (node instanceof SqlIdentifier name) {
      return named(name, Optional.empty());
    }
    if (node.getKind() == SqlKind.AS) {
      return aliased((SqlCall) node);
    }
    if (node instanceof SqlCall call) {
      if (call.getOperator() == SparkOperators.VERSION_AS_OF
          || call.getOperator() == SparkOperators.TIMESTAMP_AS_OF) {
        return named(call.operand(0), Optional.empty());
      }
      if (isQuery(node)) {
        return derived(queries.query(node), "", List.of());
      }
      throw new Refusal(
          call.getOperator().getName(), Place.of(node), "The kind of relation is not known.");
    }
    throw new Refusal(node.getKind().name(), Place.of(node), "The kind of relation is not known.");
  }

  private static boolean isQuery(SqlNode node) {
    return node.isA(SqlKind.QUERY) || node.getKind() == SqlKind.WITH;
  }

  private Analyzed aliased(SqlCall call) {
    String alias = ((SqlIdentifier) call.operand(1)).getSimple();
    Analyzed inner;
    SqlNode relation = call.operand(0);
    if (relation instanceof SqlIdentifier name) {
      inner = named(name, Optional.of(alias));
    } else if (isQuery(relation)) {
      inner = derived(queries.query(relation), alias, List.of(alias));
    } else {
      inner = analyze(relation);
    }
    List<Scope.Column> columns = new ArrayList<>();
    for (Scope.Column column : inner.columns()) {
      columns.add(
          new Scope.Column(List.of(alias), column.field(), column.nullable(), column.visibility()));
    }
    if (call.operandCount() == 2) {
      return new Analyzed(inner.source(), columns);
    }
    List<String> names = new ArrayList<>();
    for (int i = 2; i < call.operandCount(); i++) {
      names.add(((SqlIdentifier) call.operand(i)).getSimple());
    }
    return derived(
        Selects.renamed(Selects.all(inner.source(), columns), names, Place.of(call)),
        alias,
        List.of(alias));
  }

  private Analyzed named(SqlIdentifier name, Optional<String> alias) {
    Place place = Place.of(name);
    Relation relation =
        resolution
            .find(name)
            .orElseThrow(
                () ->
                    new Refusal(
                        String.join(".", name.names), place, "The table is not known here."));
    if (relation instanceof Relation.Base base) {
      return scan(base, alias.orElse(base.written().table()));
    }
    String last = name.names.get(name.names.size() - 1);
    if (relation instanceof Relation.CommonTable common) {
      Source.CommonTable definition = queries.commonTable(common.item());
      List<Field> fields = copies(definition.query().output());
      return new Analyzed(new Source.Common(definition, fields), columns(List.of(last), fields));
    }
    if (relation instanceof Relation.Expanded view) {
      TypedQuery body = queries.query(view.tree());
      TypedQuery query =
          view.columns().isEmpty() ? body : Selects.renamed(body, view.columns(), place);
      return derived(query, alias.orElse(last), name.names);
    }
    Relation.SparkOnly sparkOnly = (Relation.SparkOnly) relation;
    throw new Refusal(sparkOnly.construct(), place, sparkOnly.reason());
  }

  private Analyzed scan(Relation.Base base, String alias) {
    List<Field> fields = new ArrayList<>();
    for (Column column : base.table().columns()) {
      fields.add(new Field(column.name(), readType(column.type()), column.nullable()));
    }
    Source.TableScan scan = new Source.TableScan(base.table(), alias, fields);
    scans.add(scan);
    TableName name = base.written();
    List<String> qualifier =
        Stream.of(List.of(name.catalog()), name.namespace(), List.of(name.table()))
            .flatMap(List::stream)
            .toList();
    return new Analyzed(scan, columns(qualifier, fields));
  }

  /** The type that a column of the table has in expressions: VARCHAR reads as STRING. */
  private static DataType readType(DataType type) {
    return type instanceof DataType.Varchar ? Simple.STRING : type;
  }

  private static Analyzed derived(TypedQuery query, String alias, List<String> qualifier) {
    List<Field> fields = copies(query.output());
    return new Analyzed(new Source.Derived(query, alias, fields), columns(qualifier, fields));
  }

  private static List<Field> copies(List<Field> output) {
    return output.stream()
        .map(field -> new Field(field.name(), field.type(), field.nullable()))
        .toList();
  }

  private static List<Scope.Column> columns(List<String> qualifier, List<Field> fields) {
    return fields.stream()
        .map(
            field ->
                new Scope.Column(
                    qualifier, field, field.nullable(), Scope.Column.Visibility.VISIBLE))
        .toList();
  }

  private Analyzed join(SqlJoin join) {
    Place place = Place.of(join);
    Analyzed left = analyze(join.getLeft());
    Analyzed right = analyze(join.getRight());
    Join.Kind kind =
        switch (join.getJoinType()) {
          case COMMA, INNER, CROSS -> Join.Kind.INNER;
          case LEFT -> Join.Kind.LEFT;
          case RIGHT -> Join.Kind.RIGHT;
          case FULL -> Join.Kind.FULL;
          case LEFT_SEMI_JOIN -> Join.Kind.SEMI;
          case LEFT_ANTI_JOIN -> Join.Kind.ANTI;
          default ->
              throw new Refusal(
                  join.getJoinType() + " JOIN", place, "The kind of join is not known.");
        };
    JoinConditionType type = join.getConditionType();
    if (join.isNatural() || type == JoinConditionType.USING) {
      List<String> keys =
          join.isNatural()
              ? commonNames(left.columns(), right.columns())
              : QueryAnalyzer.names((SqlNodeList) join.getCondition());
      return using(kind, left, right, keys, place);
    }
    List<Expression> condition =
        type == JoinConditionType.ON
            ? on(join.getCondition(), left.columns(), right.columns())
            : List.of();
    if (condition.isEmpty() && kind != Join.Kind.INNER) {
      throw new Refusal(kind + " JOIN", place, "It is not known without a condition.");
    }
    return joined(kind, left, right, condition, left.columns(), right.columns());
  }

  private List<Expression> on(
      SqlNode condition, List<Scope.Column> left, List<Scope.Column> right) {
    Scope scope =
        new Scope(Stream.concat(left.stream(), right.stream()).toList(), Optional.empty());
    Expression typed =
        new ExpressionAnalyzer(
                (parts, place) -> scope.find(parts, place).map(found -> found),
                Scope.EMPTY,
                queries,
                List.of(),
                EnumSet.noneOf(ExpressionAnalyzer.Allowed.class))
            .analyze(condition);
    FunctionTypes.requireCondition("ON", typed, Place.of(condition));
    return QueryAnalyzer.conjuncts(typed);
  }

  private static List<String> commonNames(List<Scope.Column> left, List<Scope.Column> right) {
    return left.stream()
        .filter(Scope.Column::visible)
        .map(column -> column.field().name())
        .filter(name -> right.stream().anyMatch(other -> other.visible() && other.named(name)))
        .toList();
  }

  private Analyzed using(
      Join.Kind kind, Analyzed left, Analyzed right, List<String> keys, Place place) {
    if (kind == Join.Kind.FULL || keys.isEmpty()) {
      throw new Refusal(
          "USING",
          place,
          "A full join by USING, or NATURAL without a common column, is not known.");
    }
    List<Expression> condition = new ArrayList<>();
    List<Scope.Column> first = new ArrayList<>();
    List<Scope.Column> hidden = new ArrayList<>();
    List<Scope.Column> leftRest = new ArrayList<>(left.columns());
    List<Scope.Column> rightRest = new ArrayList<>(right.columns());
    for (String key : keys) {
      Scope.Column a = only(left.columns(), key, place);
      Scope.Column b = only(right.columns(), key, place);
      condition.add(
          Operators.comparison(
              "=",
              a.reference(key, Origin.OWN, place),
              b.reference(key, Origin.OWN, place),
              place));
      first.add(kind == Join.Kind.RIGHT ? b : a);
      hidden.add((kind == Join.Kind.RIGHT ? a : b).qualifiedOnly());
      leftRest.remove(a);
      rightRest.remove(b);
    }
    boolean leftOnly = kind == Join.Kind.SEMI || kind == Join.Kind.ANTI;
    List<Scope.Column> visible = new ArrayList<>(first);
    visible.addAll(kind == Join.Kind.RIGHT ? orNull(leftRest) : leftRest);
    if (!leftOnly) {
      visible.addAll(kind == Join.Kind.LEFT ? orNull(rightRest) : rightRest);
      visible.addAll(kind == Join.Kind.INNER ? hidden : orNull(hidden));
    }
    Source source = new Join(kind, left.source(), right.source(), condition, fields(visible));
    return new Analyzed(source, visible);
  }

  private static Scope.Column only(List<Scope.Column> columns, String name, Place place) {
    List<Scope.Column> found =
        columns.stream().filter(column -> column.visible() && column.named(name)).toList();
    if (found.size() != 1) {
      throw new Refusal("USING", place, "The column " + name + " is not on both sides once.");
    }
    return found.get(0);
  }

  private static Analyzed joined(
      Join.Kind kind,
      Analyzed left,
      Analyzed right,
      List<Expression> condition,
      List<Scope.Column> leftColumns,
      List<Scope.Column> rightColumns) {
    List<Scope.Column> columns =
        switch (kind) {
          case INNER -> concat(leftColumns, rightColumns);
          case LEFT -> concat(leftColumns, orNull(rightColumns));
          case RIGHT -> concat(orNull(leftColumns), rightColumns);
          case FULL -> concat(orNull(leftColumns), orNull(rightColumns));
          case SEMI, ANTI -> leftColumns;
        };
    return new Analyzed(
        new Join(kind, left.source(), right.source(), condition, fields(columns)), columns);
  }

  private static List<Field> fields(List<Scope.Column> columns) {
    return columns.stream().map(Scope.Column::field).toList();
  }

  private static List<Scope.Column> orNull(List<Scope.Column> columns) {
    return columns.stream().map(Scope.Column::orNull).toList();
  }

  private static <T> List<T> concat(List<T> a, List<T> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }
}
