// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import io.kitsune.router.analysis.Field;
import io.kitsune.router.analysis.TypedQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names that one query gives to its relations and columns: no two relations share an alias. */
final class Naming {
  private final Map<Field, String> columns = new IdentityHashMap<>();
  private final Map<TypedQuery, List<String>> outputs = new IdentityHashMap<>();
  private final Set<String> aliases = new HashSet<>();

  /** An alias that nothing else has, like the one wanted. */
  String alias(String wanted) {
    String alias = wanted;
    for (int i = 2; !aliases.add(alias.toLowerCase(Locale.ROOT)); i++) {
      alias = wanted + "_" + i;
    }
    return alias;
  }

  /** The field is known by the column of the relation from now on. */
  void note(Field field, String alias, String column) {
    columns.put(field, qualified(alias, column));
  }

  /** The fields are known by the query's columns, in order, of the relation. */
  void note(List<Field> fields, String alias, TypedQuery query) {
    List<String> names = output(query);
    for (int i = 0; i < fields.size(); i++) {
      note(fields.get(i), alias, names.get(i));
    }
  }

  /** The field's qualified and quoted name. */
  String column(Field field) {
    String name = columns.get(field);
    if (name == null) {
      throw new IllegalStateException("no relation in scope has the column " + field);
    }
    return name;
  }

  /** Names for the query's columns, all different, which it is known to have from now on. */
  List<String> nameOutput(TypedQuery query) {
    List<String> names = distinct(query.output());
    outputs.put(query, names);
    return names;
  }

  /** The names that the query's columns have. */
  List<String> output(TypedQuery query) {
    return outputs.get(query);
  }

  /** Names for columns, all different. */
  static List<String> distinct(List<Field> fields) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (Field field : fields) {
      String wanted = field.name().isEmpty() ? "column" : field.name();
      String name = wanted;
      for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
        name = wanted + "_" + i;
      }
      names.add(name);
    }
    return names;
  }

  static String qualified(String alias, String column) {
    return Dialect.identifier(alias) + "." + Dialect.identifier(column);
  }
}
