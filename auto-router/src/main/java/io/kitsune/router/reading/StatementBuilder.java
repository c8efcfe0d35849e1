// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.router.Statement;
import io.kitsune.router.Statement.TableReference;
import io.kitsune.router.Statement.Write;
import io.kitsune.router.Veto;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;

/** The kind of a statement, with its tables. */
final class StatementBuilder {
  private final String text;
  private final List<Token> words;
  private final Grammar grammar;
  private final Names names;

  StatementBuilder(String text, List<Token> words, Grammar grammar) {
    this.text = text;
    this.words = words;
    this.grammar = grammar;
    this.names = new Names(new SourceText(text));
  }

  Statement statement(StatementContext context) {
    Optional<Statement> command = new CommandBuilder(text, words, grammar).command(context);
    if (command.isPresent()) {
      return command.get();
    }
    List<TableReference> tables = TableCollector.tables(context, names, grammar);
    if (context instanceof SqlBaseParser.StatementDefaultContext query) {
      return query(query, tables);
    }
    if (context instanceof SqlBaseParser.DescribeRelationContext describe) {
      return describe(describe, tables);
    }
    if (context instanceof SqlBaseParser.ShowColumnsContext show) {
      return show.ns == null
          ? new Statement.ShowColumns(text, tables.get(0))
          : new Statement.Ddl(text, construct(), tables);
    }
    Optional<Write.Kind> write = WriteKinds.of(context);
    if (write.isPresent()) {
      return new Write(text, write.get(), tables, EngineHint.in(context));
    }
    if (context instanceof SqlBaseParser.CreateFunctionContext function) {
      String construct =
          function.TEMPORARY() == null ? "CREATE FUNCTION" : Statement.Ddl.TEMPORARY_FUNCTION;
      return new Statement.Ddl(text, construct, tables);
    }
    return TemporaryViews.read(text, context, tables)
        .orElseGet(() -> new Statement.Ddl(text, construct(), tables));
  }

  private Statement query(
      SqlBaseParser.StatementDefaultContext context, List<TableReference> tables) {
    Optional<String> hint = EngineHint.in(context);
    try {
      SqlNode tree = QueryBuilder.query(context.query(), names, grammar);
      return new Statement.Query(text, tree, tables, hint);
    } catch (UnknownConstruct e) {
      SqlParserPos at = e.position();
      Veto.Position position = new Veto.Position(at.getLineNum(), at.getColumnNum());
      return new Statement.Opaque(text, e.construct(), position, tables);
    }
  }

  private Statement describe(
      SqlBaseParser.DescribeRelationContext context, List<TableReference> tables) {
    boolean plain =
        context.option == null
            && context.partitionSpec() == null
            && context.describeColName() == null;
    return plain
        ? new Statement.DescribeTable(text, tables.get(0))
        : new Statement.Ddl(text, construct(), tables);
  }

  /** The statement's first words up to a name: {@code ALTER TABLE}, {@code MSCK REPAIR TABLE}. */
  private String construct() {
    return words.stream()
        .takeWhile(StatementBuilder::isKeyword)
        .limit(3)
        .map(token -> token.getText().toUpperCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }

  private static boolean isKeyword(Token token) {
    int type = token.getType();
    return type != SqlBaseLexer.IDENTIFIER
        && type != SqlBaseLexer.BACKQUOTED_IDENTIFIER
        && Character.isLetter(token.getText().charAt(0))
        && !token.getText().contains("'");
  }

  /** What kind of write a statement is. */
  private static final class WriteKinds {
    static Optional<Write.Kind> of(StatementContext context) {
      if (context instanceof SqlBaseParser.DmlStatementContext dml) {
        return Optional.of(of(dml.dmlStatementNoWith()));
      }
      if (context instanceof SqlBaseParser.CreateTableContext create && create.query() != null
          || context instanceof SqlBaseParser.ReplaceTableContext replace
              && replace.query() != null) {
        return Optional.of(Write.Kind.CREATE_TABLE_AS);
      }
      if (context instanceof SqlBaseParser.TruncateTableContext) {
        return Optional.of(Write.Kind.TRUNCATE);
      }
      return context instanceof SqlBaseParser.LoadDataContext
          ? Optional.of(Write.Kind.LOAD)
          : Optional.empty();
    }

    private static Write.Kind of(ParserRuleContext dml) {
      if (dml instanceof SqlBaseParser.DeleteFromTableContext) {
        return Write.Kind.DELETE;
      }
      if (dml instanceof SqlBaseParser.UpdateTableContext) {
        return Write.Kind.UPDATE;
      }
      return dml instanceof SqlBaseParser.MergeIntoTableContext
          ? Write.Kind.MERGE
          : Write.Kind.INSERT;
    }
  }
}
