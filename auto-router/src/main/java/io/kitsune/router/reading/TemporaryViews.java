// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.router.Statement;
import io.kitsune.router.Statement.TableReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.CacheTableContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.CreateTempViewUsingContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.CreateViewContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;

/** The statements that leave a temporary view in the session. */
final class TemporaryViews {
  private TemporaryViews() {}

  static Optional<Statement> read(
      String text, StatementContext context, List<TableReference> tables) {
    if (context instanceof CreateViewContext view
        && view.TEMPORARY() != null
        && view.GLOBAL() == null) {
      return Optional.of(view(text, lastPart(tables), body(text, view, lastPart(tables)), tables));
    }
    if (context instanceof CreateTempViewUsingContext view && view.GLOBAL() == null) {
      return Optional.of(view(text, Names.text(view.tableIdentifier().table), "", tables));
    }
    return context instanceof CacheTableContext cache && cache.query() != null
        ? Optional.of(view(text, lastPart(tables), written(text, cache.query()), tables))
        : Optional.empty();
  }

  private static Statement view(
      String text, String name, String body, List<TableReference> tables) {
    return new Statement.CreateTemporaryView(text, name, body, tables);
  }

  /** The view's name is the first that is defined. */
  private static String lastPart(List<TableReference> tables) {
    List<String> parts = tables.get(0).parts();
    return parts.get(parts.size() - 1);
  }

  /** The body; where the statement names columns, a query over it that does. */
  private static String body(String text, CreateViewContext view, String name) {
    String body = written(text, view.query());
    if (view.identifierCommentList() == null) {
      return body;
    }
    String columns =
        view.identifierCommentList().identifierComment().stream()
            .map(SqlBaseParser.IdentifierCommentContext::identifier)
            .map(column -> quoted(Names.text(column)))
            .collect(Collectors.joining(", "));
    return "SELECT * FROM (" + body + "\n) AS " + quoted(name) + "(" + columns + ")";
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static String written(String text, ParserRuleContext context) {
    return text.substring(context.getStart().getStartIndex(), context.getStop().getStopIndex() + 1);
  }
}
