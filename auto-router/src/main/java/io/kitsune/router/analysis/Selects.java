// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.router.analysis.Expression.ColumnReference;
import io.kitsune.router.analysis.TypedQuery.Duplicates;
import io.kitsune.router.analysis.TypedQuery.Item;
import io.kitsune.router.analysis.TypedQuery.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Queries that only pass columns on. */
final class Selects {
  private Selects() {}

  /** {@code SELECT * FROM source}. */
  static Select all(Source source, List<Scope.Column> columns) {
    List<Item> items = new ArrayList<>();
    for (Scope.Column column : columns) {
      if (column.visible()) {
        Field field = column.field();
        items.add(item(field, field.name(), column.nullable()));
      }
    }
    return of(source, items);
  }

  /** The query with other names for its columns. */
  static Select renamed(TypedQuery query, List<String> names, Place place) {
    if (names.size() != query.output().size()) {
      throw new Refusal(
          "a list of column names", place, "It is not as long as the query has columns.");
    }
    List<Field> fields = new ArrayList<>();
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Field column = query.output().get(i);
      Field field = new Field(column.name(), column.type(), column.nullable());
      fields.add(field);
      items.add(item(field, names.get(i), field.nullable()));
    }
    return of(new Source.Derived(query, "", fields), items);
  }

  private static Item item(Field field, String name, boolean nullable) {
    return new Item(
        new ColumnReference(field, name, ColumnReference.Origin.OWN, nullable, Place.NONE),
        new Field(name, field.type(), nullable));
  }

  private static Select of(Source source, List<Item> items) {
    return new Select(
        source,
        List.of(),
        items,
        Duplicates.KEPT,
        List.of(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }
}
