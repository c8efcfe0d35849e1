// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink.parser;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Statement.TableReference;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserImplFactory;
import org.apache.calcite.sql.validate.SqlConformance;

/** Flink's grammar, with the settings of its planner. Thread-safe. */
public final class FlinkParser implements Function<String, List<TableReference>> {
  private static final String EXPECTATIONS = "\nWas expecting";

  /** As {@code PlannerContext} of Flink 2.3 has it. */
  private static final int NAME_LENGTH = 256;

  private final SqlParser.Config configuration;

  /** Made by name, in the loader that has Flink's classes. */
  public FlinkParser() throws ReflectiveOperationException {
    SqlParserImplFactory factory =
        (SqlParserImplFactory)
            Class.forName("org.apache.flink.sql.parser.impl.FlinkSqlParserImpl")
                .getField("FACTORY")
                .get(null);
    SqlConformance conformance =
        (SqlConformance)
            Class.forName("org.apache.flink.sql.parser.validate.FlinkSqlConformance")
                .getField("DEFAULT")
                .get(null);
    this.configuration =
        SqlParser.config()
            .withParserFactory(factory)
            .withConformance(conformance)
            .withLex(Lex.JAVA)
            .withIdentifierMaxLength(NAME_LENGTH);
  }

  /**
   * The tables that a statement names, in the order of the text.
   *
   * @throws KitsuneException {@code FLINK_SYNTAX_ERROR} with the place, {@code
   *     PARSE_NESTING_TOO_DEEP}, {@code FLINK_STATEMENT_UNREADABLE}
   */
  @Override
  public List<TableReference> apply(String text) {
    try {
      return tables(text, SqlParser.create(text, configuration).parseStmtList());
    } catch (SqlParseException e) {
      String message = String.valueOf(e.getMessage());
      int expectations = message.indexOf(EXPECTATIONS);
      throw new KitsuneException(
          "FLINK_SYNTAX_ERROR",
          "42601",
          expectations < 0 ? message : message.substring(0, expectations),
          e);
    } catch (StackOverflowError e) {
      throw new KitsuneException(
          "PARSE_NESTING_TOO_DEEP",
          "54001",
          "The statement is nested too deep for Flink's parser: flatten it.",
          e);
    }
  }

  private static List<TableReference> tables(String text, SqlNodeList statements) {
    try {
      NamedTables tables = new NamedTables(text);
      tables.statement(statements);
      return tables.found();
    } catch (RuntimeException e) {
      // Sent as it is, it could act on a table that has moved.
      throw new KitsuneException(
          "FLINK_STATEMENT_UNREADABLE",
          "0A000",
          "Which tables this statement names cannot be told from Flink's parser (%s): write it in another form."
              .formatted(e.getMessage()),
          e);
    }
  }
}
