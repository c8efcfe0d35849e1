// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.View;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A stored view as a query of its own. Spark finds the body's columns by the names they had when
 * the view was made, and gives them the view's names; a body that has more columns by now shows no
 * more of them.
 */
final class ViewBody {
  private ViewBody() {}

  /** A query over the body with the view's column names, in their order. */
  static String query(View view, String body) {
    String alias = quoted(view.name().table());
    List<String> labels = view.columns().stream().map(Column::name).toList();
    if (view.queryColumns().isEmpty() || view.queryColumns().size() != labels.size()) {
      String columns = labels.stream().map(ViewBody::quoted).collect(Collectors.joining(", "));
      // A body ends with a line of its own: it may end with a comment.
      return "SELECT * FROM (" + body + "\n) AS " + alias + "(" + columns + ")";
    }
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < labels.size(); i++) {
      items
          .append(i == 0 ? "" : ", ")
          .append(quoted(view.queryColumns().get(i)))
          .append(" AS ")
          .append(quoted(labels.get(i)));
    }
    return "SELECT " + items + " FROM (" + body + "\n) AS " + alias;
  }

  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
