// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/**
 * A statement as read: its kind, and every place where it names a table. Nothing is resolved yet.
 * Immutable; the tree of a {@link Query} must not be changed by anyone.
 */
public sealed interface Statement {
  /** The user's own text, without a trailing semicolon. */
  String text();

  /** Every table or view named, in the order of the text; CTE names are not among them. */
  List<TableReference> tables();

  /**
   * A name of a table where it stands in the text.
   *
   * @param parts the name's parts, unquoted, one to three or more
   * @param start offset of the first character in {@link Statement#text}, in UTF-16 units
   * @param end offset behind the last character
   * @param version the text of {@code VERSION AS OF} or {@code TIMESTAMP AS OF}, if any
   * @param aliasAt offset at which an alias may be written so that columns stay qualified by the
   *     name's last part; -1 where the user wrote one or none may stand
   */
  record TableReference(
      List<String> parts,
      Role role,
      int start,
      int end,
      Veto.Position position,
      TimeTravel version,
      int aliasAt) {
    public TableReference {
      parts = List.copyOf(parts);
      requireNonNull(role, "role");
      requireNonNull(version, "version");
    }

    /** What the statement does with the table. */
    public enum Role {
      /** Read where a sub-query could stand in its place. */
      READ,
      /** Read or described where only a name can stand: DESCRIBE, SHOW, {@code TABLE t}. */
      DESCRIBE,
      WRITE,
      /** Created, dropped, altered or commented on. */
      DEFINE,
      /** Named in the body of a view that is being made: read when the view is. */
      VIEW_BODY
    }
  }

  /** The time travel clause of a table reference. */
  sealed interface TimeTravel {
    /** No clause: the current state. */
    record None() implements TimeTravel {}

    /** {@code VERSION AS OF}: a number or a reference's name, as written, unquoted. */
    record VersionAsOf(String version) implements TimeTravel {}

    /** {@code TIMESTAMP AS OF}: a literal's text, or empty where it is an expression. */
    record TimestampAsOf(Optional<String> literal) implements TimeTravel {}
  }

  /** A query. {@code engineHint} is what {@code /*+ ENGINE(x) *}{@code /} asks for. */
  record Query(String text, SqlNode tree, List<TableReference> tables, Optional<String> engineHint)
      implements Statement {}

  /** INSERT, CTAS, MERGE, UPDATE, DELETE: the target is the reference with role WRITE. */
  record Write(String text, Kind kind, List<TableReference> tables, Optional<String> engineHint)
      implements Statement {
    /** Kinds of writes. */
    public enum Kind {
      INSERT,
      CREATE_TABLE_AS,
      MERGE,
      UPDATE,
      DELETE,
      TRUNCATE,
      LOAD
    }
  }

  /** CREATE, DROP, ALTER, COMMENT, CACHE, CALL and the like: run by Spark. */
  record Ddl(String text, String construct, List<TableReference> tables) implements Statement {
    /** The construct of a function that lives as long as the session. */
    public static final String TEMPORARY_FUNCTION = "CREATE TEMPORARY FUNCTION";
  }

  /**
   * CREATE [OR REPLACE] TEMPORARY VIEW, and CACHE TABLE name AS query: run by Spark, remembered by
   * the session.
   *
   * @param body a query with the view's column names; empty for a view that is no query ({@code
   *     USING}), which only Spark can read
   */
  record CreateTemporaryView(String text, String name, String body, List<TableReference> tables)
      implements Statement {}

  /** What the visitor does not know: Spark's, with the construct named. */
  record Opaque(String text, String construct, Veto.Position position, List<TableReference> tables)
      implements Statement {}

  /**
   * What only Flink runs. It is not read further than to know that, and its tables.
   *
   * @param construct what makes it Flink's: a form of statement, a table, or the user's choice
   * @param effect whether it may change anything
   * @param tables those named
   */
  record Flink(String text, String construct, Effect effect, List<TableReference> tables)
      implements Statement {
    public Flink {
      tables = List.copyOf(tables);
    }

    /** One that may change something, as far as is known. */
    public Flink(String text, String construct, List<TableReference> tables) {
      this(text, construct, Effect.POSSIBLE, tables);
    }

    /** What a statement does outside of its session. */
    public enum Effect {
      /** It only reads. */
      NONE,
      /** It writes or defines, or only Flink could tell. */
      POSSIBLE
    }
  }

  /** A statement that the gateway answers from catalogs and session. */
  sealed interface Command extends Statement {
    @Override
    default List<TableReference> tables() {
      return List.of();
    }
  }

  /** USE [CATALOG | NAMESPACE | DATABASE] parts; {@code SET CATALOG}. */
  record Use(String text, Kind kind, List<String> parts) implements Command {
    /** Which form was written. */
    public enum Kind {
      /** USE x or USE x.y, which Spark resolves as a catalog first. */
      ANY,
      NAMESPACE,
      CATALOG
    }
  }

  /** SET key=value; SET TIME ZONE as {@code spark.sql.session.timeZone}. */
  record SetKey(String text, String key, String value) implements Command {}

  /** SET, SET -v, or SET key: lists what is set; an empty key means all. */
  record ShowSettings(String text, Optional<String> key) implements Command {}

  /** RESET [key]. */
  record Reset(String text, Optional<String> key) implements Command {}

  /** SHOW CATALOGS [LIKE pattern]. */
  record ShowCatalogs(String text, Optional<String> pattern) implements Command {}

  /** SHOW DATABASES | SCHEMAS | NAMESPACES [IN parts] [LIKE pattern]. */
  record ShowNamespaces(String text, List<String> in, Optional<String> pattern)
      implements Command {}

  /** SHOW TABLES [IN parts] [LIKE pattern]; with {@code views}, SHOW VIEWS. */
  record ShowTables(String text, Kind kind, List<String> in, Optional<String> pattern)
      implements Command {
    /** What is listed. */
    public enum Kind {
      TABLES,
      VIEWS
    }
  }

  /** SHOW COLUMNS IN table. */
  record ShowColumns(String text, TableReference table) implements Command {
    @Override
    public List<TableReference> tables() {
      return List.of(table);
    }
  }

  /** DESCRIBE [TABLE] [EXTENDED|FORMATTED] table; only the plain form is the gateway's. */
  record DescribeTable(String text, TableReference table) implements Command {
    @Override
    public List<TableReference> tables() {
      return List.of(table);
    }
  }

  /** SHOW REDIRECTIONS: every name that means another table. */
  record ShowRedirections(String text) implements Command {}

  /** SHOW ENGINES: how every engine is. */
  record ShowEngines(String text) implements Command {}

  /** EXPLAIN ROUTE statement: the decision as rows. */
  record ExplainRoute(String text, String inner) implements Command {}
}
