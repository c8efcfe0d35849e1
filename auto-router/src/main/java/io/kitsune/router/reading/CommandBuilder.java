// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.router.Statement;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.IdentifierReferenceContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.MultipartIdentifierContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StringLitContext;

/** The statements that the gateway answers without naming a table: USE, SET, RESET, SHOW. */
final class CommandBuilder {
  private final String text;
  private final Grammar grammar;
  private final SettingBuilder settings;

  CommandBuilder(String text, List<Token> words, Grammar grammar) {
    this.text = text;
    this.grammar = grammar;
    this.settings = new SettingBuilder(text, words, grammar);
  }

  Optional<Statement> command(StatementContext context) {
    return use(context).or(() -> settings.command(context)).or(() -> show(context));
  }

  private Optional<Statement> use(StatementContext context) {
    if (context instanceof SqlBaseParser.UseContext use) {
      return use(Statement.Use.Kind.ANY, parts(use.identifierReference()));
    }
    if (context instanceof SqlBaseParser.UseNamespaceContext use) {
      return use(Statement.Use.Kind.NAMESPACE, parts(use.identifierReference()));
    }
    if (context instanceof SqlBaseParser.SetCatalogContext set) {
      String name =
          set.identifier() == null ? string(set.stringLit()) : Names.text(set.identifier());
      return use(Statement.Use.Kind.CATALOG, List.of(name));
    }
    return Optional.empty();
  }

  private Optional<Statement> use(Statement.Use.Kind kind, List<String> parts) {
    return Optional.of(new Statement.Use(text, kind, parts));
  }

  private Optional<Statement> show(StatementContext context) {
    if (context instanceof SqlBaseParser.ShowCatalogsContext show) {
      return Optional.of(new Statement.ShowCatalogs(text, pattern(show.pattern)));
    }
    if (context instanceof SqlBaseParser.ShowNamespacesContext show) {
      MultipartIdentifierContext in = show.multipartIdentifier();
      return Optional.of(
          new Statement.ShowNamespaces(
              text, in == null ? List.of() : Names.parts(in), pattern(show.pattern)));
    }
    if (context instanceof SqlBaseParser.ShowTablesContext show) {
      return tables(Statement.ShowTables.Kind.TABLES, show.identifierReference(), show.pattern);
    }
    if (context instanceof SqlBaseParser.ShowViewsContext show) {
      return tables(Statement.ShowTables.Kind.VIEWS, show.identifierReference(), show.pattern);
    }
    return Optional.empty();
  }

  private Optional<Statement> tables(
      Statement.ShowTables.Kind kind, IdentifierReferenceContext in, StringLitContext pattern) {
    return Optional.of(new Statement.ShowTables(text, kind, parts(in), pattern(pattern)));
  }

  private List<String> parts(IdentifierReferenceContext context) {
    if (context == null) {
      return List.of();
    }
    return context.multipartIdentifier() == null
        ? IdentifierClause.parts(context, grammar)
        : Names.parts(context.multipartIdentifier());
  }

  private Optional<String> pattern(StringLitContext pattern) {
    return Optional.ofNullable(pattern).map(this::string);
  }

  private String string(StringLitContext context) {
    return StringText.value(context.getText(), grammar.rawStrings());
  }
}
