// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.router.Statement.TableReference;
import io.kitsune.router.Statement.TableReference.Role;
import io.kitsune.router.Statement.TimeTravel;
import io.kitsune.router.Veto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.CtesContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.IdentifierReferenceContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.MultipartIdentifierContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.NamedQueryContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.TableIdentifierContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.TableNameContext;

/**
 * Finds every table's name in a statement of any kind, also in constructs that have no tree. Knows
 * the scopes of WITH; needs no stack, however deep the parse tree is.
 */
final class TableCollector {
  private final Names names;
  private final Grammar grammar;
  private final List<TableReference> tables = new ArrayList<>();
  private final Deque<Visit> pending = new ArrayDeque<>();

  private TableCollector(Names names, Grammar grammar) {
    this.names = names;
    this.grammar = grammar;
  }

  private record Visit(ParseTree node, CommonTableScope scope, boolean viewBody) {}

  /** The tables named under the rule, in the order of the text. */
  static List<TableReference> tables(ParserRuleContext root, Names names, Grammar grammar) {
    TableCollector collector = new TableCollector(names, grammar);
    collector.pending.push(new Visit(root, CommonTableScope.EMPTY, false));
    while (!collector.pending.isEmpty()) {
      collector.visit(collector.pending.pop());
    }
    collector.tables.sort(Comparator.comparingInt(TableReference::start));
    return List.copyOf(collector.tables);
  }

  private void visit(Visit visit) {
    if (visit.node() instanceof IdentifierReferenceContext reference) {
      reference(reference, visit);
    } else if (visit.node() instanceof TableIdentifierContext name) {
      tableIdentifier(name);
    } else {
      children(visit);
    }
  }

  private void children(Visit visit) {
    ParseTree node = visit.node();
    boolean viewBody = visit.viewBody() || TableRoles.makesView(node);
    CommonTableScope scope = visit.scope();
    List<Visit> children = new ArrayList<>(node.getChildCount());
    for (int i = 0; i < node.getChildCount(); i++) {
      ParseTree child = node.getChild(i);
      if (child instanceof CtesContext with) {
        for (NamedQueryContext named : with.namedQuery()) {
          children.add(new Visit(named, scope, viewBody));
          scope = scope.with(Names.text(named.name));
        }
      } else if (child instanceof MultipartIdentifierContext name
          && node instanceof SqlBaseParser.RenameTableContext) {
        add(Names.parts(name), Role.DEFINE, name, new TimeTravel.None(), -1);
      } else if (child instanceof ParserRuleContext) {
        children.add(new Visit(child, scope, viewBody));
      }
    }
    for (int i = children.size() - 1; i >= 0; i--) {
      pending.push(children.get(i));
    }
  }

  private void reference(IdentifierReferenceContext context, Visit visit) {
    Optional<Role> role = TableRoles.role(context);
    if (role.isEmpty()) {
      return;
    }
    List<String> parts =
        context.multipartIdentifier() == null
            ? IdentifierClause.parts(context, grammar)
            : Names.parts(context.multipartIdentifier());
    boolean read = role.get() == Role.READ || role.get() == Role.DESCRIBE;
    if (read && parts.size() == 1 && visit.scope().contains(parts.get(0))) {
      return;
    }
    TimeTravel version =
        context.getParent() instanceof TableNameContext table
            ? TimeTravels.of(table.temporalClause(), grammar)
            : new TimeTravel.None();
    Role actual = read && visit.viewBody() ? Role.VIEW_BODY : role.get();
    add(parts, actual, context, version, AliasPlace.of(context));
  }

  private void tableIdentifier(TableIdentifierContext context) {
    List<String> parts =
        context.db == null
            ? List.of(Names.text(context.table))
            : List.of(Names.text(context.db), Names.text(context.table));
    boolean source =
        context.getParent() instanceof SqlBaseParser.CreateTableLikeContext like
            && like.source == context;
    add(parts, source ? Role.READ : Role.DEFINE, context, new TimeTravel.None(), -1);
  }

  private void add(
      List<String> parts, Role role, ParserRuleContext context, TimeTravel version, int aliasAt) {
    int start = context.getStart().getStartIndex();
    int end = context.getStop().getStopIndex() + 1;
    Veto.Position position =
        new Veto.Position(
            names.position(context).getLineNum(), names.position(context).getColumnNum());
    tables.add(new TableReference(parts, role, start, end, position, version, aliasAt));
  }
}
