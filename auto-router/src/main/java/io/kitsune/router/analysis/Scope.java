// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.router.analysis.Expression.ColumnReference;
import io.kitsune.router.analysis.Expression.ColumnReference.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The columns that names may mean at one place of a query. Names compare without regard to case. A
 * name that no column here has may mean one of the query directly around, as in Spark; not one
 * further out.
 */
final class Scope {
  /** No columns and nothing around. */
  static final Scope EMPTY = new Scope(List.of(), Optional.empty());

  private final List<Column> columns;
  private final List<Column> outer;

  Scope(List<Column> columns, Optional<Scope> around) {
    this.columns = List.copyOf(columns);
    this.outer = around.map(scope -> scope.columns).orElse(List.of());
  }

  /**
   * A column that a name may mean.
   *
   * @param qualifier the relation's name: catalog, namespace and table, or its alias
   * @param visibility whether {@code *} and the bare name mean it
   */
  record Column(List<String> qualifier, Field field, boolean nullable, Visibility visibility) {
    Column {
      qualifier = List.copyOf(qualifier);
    }

    /** How a column can be reached. */
    enum Visibility {
      VISIBLE,
      /** By its qualified name only: the other side's key of a USING join. */
      QUALIFIED
    }

    Column orNull() {
      return new Column(qualifier, field, true, visibility);
    }

    Column qualifiedOnly() {
      return new Column(qualifier, field, nullable, Visibility.QUALIFIED);
    }

    boolean visible() {
      return visibility == Visibility.VISIBLE;
    }

    boolean named(String name) {
      return field.name().equalsIgnoreCase(name);
    }

    boolean qualifiedBy(List<String> parts) {
      int skipped = qualifier.size() - parts.size();
      if (skipped < 0) {
        return false;
      }
      for (int i = 0; i < parts.size(); i++) {
        if (!qualifier.get(skipped + i).equalsIgnoreCase(parts.get(i))) {
          return false;
        }
      }
      return true;
    }

    ColumnReference reference(String name, Origin origin, Place place) {
      return new ColumnReference(field, name, origin, nullable, place);
    }
  }

  List<Column> columns() {
    return columns;
  }

  /** What {@code *} stands for. */
  List<Column> star() {
    return columns.stream().filter(Column::visible).toList();
  }

  /** What {@code t.*} stands for: of a USING join the hidden key first, as in Spark. */
  List<Column> star(List<String> qualifier) {
    return Stream.concat(
            columns.stream().filter(column -> !column.visible()),
            columns.stream().filter(Column::visible))
        .filter(column -> column.qualifiedBy(qualifier))
        .toList();
  }

  /**
   * The column that a name means; empty if there is none.
   *
   * @throws Refusal if there are several, or if the name may be that of a nested field
   */
  Optional<ColumnReference> find(List<String> parts, Place place) {
    Optional<ColumnReference> own = find(columns, parts, Origin.OWN, place);
    return own.isPresent() ? own : find(outer, parts, Origin.OUTER, place);
  }

  /** As {@link #find}, among the query's own columns only. */
  Optional<ColumnReference> findOwn(List<String> parts, Place place) {
    return find(columns, parts, Origin.OWN, place);
  }

  private static Optional<ColumnReference> find(
      List<Column> among, List<String> parts, Origin origin, Place place) {
    String name = parts.get(parts.size() - 1);
    List<String> qualifier = parts.subList(0, parts.size() - 1);
    List<Column> found = new ArrayList<>();
    for (Column column : among) {
      if (column.named(name)
          && (qualifier.isEmpty() ? column.visible() : column.qualifiedBy(qualifier))) {
        found.add(column);
      }
    }
    if (found.size() > 1) {
      throw new Refusal(
          String.join(".", parts), place, "The column's name is ambiguous; Spark reports it.");
    }
    if (found.isEmpty() && !qualifier.isEmpty() && mayBeNested(among, parts)) {
      throw new Refusal(
          String.join(".", parts), place, "Fields of nested columns are not known to be the same.");
    }
    return found.stream().findFirst().map(column -> column.reference(name, origin, place));
  }

  private static boolean mayBeNested(List<Column> among, List<String> parts) {
    return among.stream()
        .anyMatch(column -> parts.stream().limit(parts.size() - 1).anyMatch(column::named));
  }
}
