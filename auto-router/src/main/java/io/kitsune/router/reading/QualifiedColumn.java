// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.AssignmentContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.ColumnReferenceContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.DereferenceContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StarContext;

/**
 * A column's name with names of tables or fields before it, where it stands in a text.
 *
 * @param parts unquoted, at least two; the last is {@code *} for {@code t.*}
 * @param starts the offset of each part in the text
 */
public record QualifiedColumn(List<String> parts, List<Integer> starts) {
  public QualifiedColumn {
    parts = List.copyOf(parts);
    starts = List.copyOf(starts);
    if (parts.size() < 2 || parts.size() != starts.size()) {
      throw new IllegalArgumentException("not a qualified name: " + parts);
    }
  }

  /** Every one of a parse tree, in the order of the text. */
  static List<QualifiedColumn> in(ParserRuleContext root) {
    List<QualifiedColumn> found = new ArrayList<>();
    Deque<ParseTree> pending = new ArrayDeque<>(List.of(root));
    while (!pending.isEmpty()) {
      ParseTree node = pending.pop();
      Optional<QualifiedColumn> column = of(node);
      column.ifPresent(found::add);
      // Nothing stands below a name, but an assignment has a value beside its key.
      boolean descend = column.isEmpty() || node instanceof AssignmentContext;
      for (int i = 0; descend && i < node.getChildCount(); i++) {
        pending.push(node.getChild(i));
      }
    }
    found.sort(Comparator.comparing(column -> column.starts().get(0)));
    return List.copyOf(found);
  }

  private static Optional<QualifiedColumn> of(ParseTree node) {
    if (node instanceof DereferenceContext chain) {
      return chain(chain);
    }
    if (node instanceof StarContext star && star.qualifiedName() != null) {
      return Optional.of(
          of(star.qualifiedName().identifier(), "*", star.getStop().getStartIndex()));
    }
    return node instanceof AssignmentContext assignment && assignment.key.parts.size() > 1
        ? Optional.of(of(assignment.key.parts))
        : Optional.empty();
  }

  private static Optional<QualifiedColumn> chain(DereferenceContext chain) {
    List<ParserRuleContext> parts = new ArrayList<>();
    ParserRuleContext base = chain;
    while (base instanceof DereferenceContext link) {
      parts.add(link.fieldName);
      base = link.base;
    }
    if (!(base instanceof ColumnReferenceContext column)) {
      return Optional.empty();
    }
    parts.add(column.identifier());
    Collections.reverse(parts);
    return Optional.of(of(parts));
  }

  private static QualifiedColumn of(List<? extends ParserRuleContext> parts) {
    return new QualifiedColumn(
        parts.stream().map(Names::text).toList(),
        parts.stream().map(part -> part.getStart().getStartIndex()).toList());
  }

  private static QualifiedColumn of(
      List<? extends ParserRuleContext> qualifier, String last, int start) {
    List<String> parts = new ArrayList<>(qualifier.stream().map(Names::text).toList());
    List<Integer> starts =
        new ArrayList<>(qualifier.stream().map(part -> part.getStart().getStartIndex()).toList());
    parts.add(last);
    starts.add(start);
    return new QualifiedColumn(parts, starts);
  }
}
