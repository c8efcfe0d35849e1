// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Statement.TableReference;
import io.kitsune.router.reading.Grammar;
import io.kitsune.router.reading.QualifiedColumn;
import io.kitsune.router.reading.StatementReader;
import java.util.List;

/**
 * Columns qualified by more than a replaced table's last name ({@code db.t.col}): the alias that
 * took the name's place has but one part, so what stands before it goes.
 */
final class ColumnQualifiers {
  private final List<Replacement> replacements;
  private final List<TableReference> tables;
  private final StatementReader reader;
  private final Grammar grammar;

  ColumnQualifiers(
      List<Replacement> replacements,
      List<TableReference> tables,
      StatementReader reader,
      Grammar grammar) {
    this.replacements = replacements.stream().filter(Replacement::needsAlias).toList();
    this.tables = tables;
    this.reader = reader;
    this.grammar = grammar;
  }

  void addTo(TextEdits edits, String text) {
    if (replacements.isEmpty()) {
      return;
    }
    for (QualifiedColumn column : reader.qualifiedColumns(text, grammar)) {
      for (Replacement replacement : replacements) {
        int qualifiers = qualifiers(column.parts(), replacement.fullName());
        if (qualifiers > 1) {
          refuseIfAmbiguous(replacement, column);
          int last = column.starts().get(qualifiers - 1);
          edits.replace(column.starts().get(0), last, "");
          break;
        }
      }
    }
  }

  /** How many of the column's first parts are the table's name or the end of it. */
  private static int qualifiers(List<String> column, List<String> table) {
    for (int length = Math.min(column.size() - 1, table.size()); length > 1; length--) {
      List<String> end = table.subList(table.size() - length, table.size());
      if (equal(column.subList(0, length), end)) {
        return length;
      }
    }
    return 0;
  }

  private static boolean equal(List<String> left, List<String> right) {
    for (int i = 0; i < left.size(); i++) {
      if (!left.get(i).equalsIgnoreCase(right.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Two tables of one last name, told apart by what stands before it: an alias could not. */
  private void refuseIfAmbiguous(Replacement replacement, QualifiedColumn column) {
    for (TableReference other : tables) {
      List<String> parts = other.parts();
      boolean sameLastName = parts.get(parts.size() - 1).equalsIgnoreCase(replacement.lastPart());
      if (sameLastName
          && other.aliasAt() >= 0
          && !equal(suffix(parts, replacement), suffix(replacement.fullName(), parts.size()))) {
        throw new KitsuneException(
            "REDIRECTION_NAME_AMBIGUOUS",
            "42702",
            "%s is qualified by the name of a table that was moved, and another table of the statement has the same last name: give both an alias."
                .formatted(String.join(".", column.parts())));
      }
    }
  }

  private static List<String> suffix(List<String> parts, Replacement replacement) {
    return suffix(parts, replacement.fullName().size());
  }

  private static List<String> suffix(List<String> parts, int length) {
    return parts.subList(Math.max(0, parts.size() - length), parts.size());
  }
}
