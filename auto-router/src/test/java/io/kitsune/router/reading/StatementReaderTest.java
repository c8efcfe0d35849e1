// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Statement;
import io.kitsune.router.Statement.TableReference;
import io.kitsune.router.Statement.TableReference.Role;
import io.kitsune.router.Statement.TimeTravel;
import io.kitsune.router.Statement.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTest {
  private final StatementReader reader = new StatementReader();

  private static List<String> names(Statement statement, Role role) {
    return statement.tables().stream()
        .filter(table -> table.role() == role)
        .map(table -> String.join(".", table.parts()))
        .toList();
  }

  @Test
  void tablesAreFoundWhereverTheyStand() {
    Statement statement =
        reader.read(
            "WITH c AS (SELECT * FROM a.b) SELECT (SELECT max(x) FROM `d e`) FROM c JOIN C.c USING (k)"
                + " WHERE EXISTS (SELECT 1 FROM f, LATERAL (SELECT * FROM g)) UNION TABLE h");
    assertThat(names(statement, Role.READ)).containsExactly("a.b", "d e", "C.c", "f", "g");
    assertThat(names(statement, Role.DESCRIBE)).containsExactly("h");
  }

  @Test
  void withNamesAreInScopeOnlyWhereTheyHold() {
    Statement statement =
        reader.read(
            "WITH a AS (SELECT * FROM a), b AS (SELECT * FROM A, c), c AS (SELECT * FROM b)"
                + " SELECT * FROM (WITH d AS (SELECT 1) SELECT * FROM d, c) JOIN d");
    assertThat(names(statement, Role.READ)).containsExactly("a", "c", "d");
  }

  @Test
  void tableNamesHaveOffsetsAndLines() {
    String text = "-- one\nSELECT *\nFROM  db . `t``x` VERSION AS OF 12 /* c */";
    TableReference table = reader.read(text).tables().get(0);
    assertThat(table.parts()).containsExactly("db", "t`x");
    assertThat(text.substring(table.start(), table.end())).isEqualTo("db . `t``x`");
    assertThat(table.position().line()).isEqualTo(3);
    assertThat(table.position().column()).isEqualTo(7);
    assertThat(table.version()).isEqualTo(new TimeTravel.VersionAsOf("12"));
    assertThat(text.substring(0, table.aliasAt())).endsWith("OF 12");
  }

  @Test
  void offsetsCountUtf16UnitsAfterEmoji() {
    String text = "SELECT '😀' FROM t";
    TableReference table = reader.read(text).tables().get(0);
    assertThat(text.substring(table.start(), table.end())).isEqualTo("t");
  }

  @Test
  void writesNameTheirTarget() {
    Map<String, Write.Kind> kinds =
        Map.of(
            "INSERT INTO w SELECT * FROM r", Write.Kind.INSERT,
            "INSERT OVERWRITE TABLE w PARTITION (p = 1) SELECT * FROM r", Write.Kind.INSERT,
            "FROM r INSERT INTO w SELECT a", Write.Kind.INSERT,
            "CREATE TABLE w USING iceberg AS SELECT * FROM r", Write.Kind.CREATE_TABLE_AS,
            "REPLACE TABLE w USING iceberg AS SELECT * FROM r", Write.Kind.CREATE_TABLE_AS,
            "MERGE INTO w USING r ON w.a = r.a WHEN MATCHED THEN DELETE", Write.Kind.MERGE,
            "UPDATE w SET a = 1 WHERE b IN (SELECT b FROM r)", Write.Kind.UPDATE,
            "DELETE FROM w WHERE EXISTS (SELECT 1 FROM r)", Write.Kind.DELETE);
    kinds.forEach(
        (text, kind) -> {
          Statement statement = reader.read(text);
          assertThat(statement).as(text).isInstanceOf(Write.class);
          assertThat(((Write) statement).kind()).as(text).isEqualTo(kind);
          assertThat(names(statement, Role.WRITE)).as(text).containsExactly("w");
          assertThat(names(statement, Role.READ)).as(text).containsExactly("r");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE TABLE d (a INT) USING parquet | CREATE TABLE",
        "DROP TABLE IF EXISTS d | DROP TABLE IF",
        "ALTER TABLE d ADD COLUMNS (b INT) | ALTER TABLE",
        "ALTER TABLE d ADD PARTITION FIELD bucket(8, a) | ALTER TABLE",
        "ALTER TABLE d CREATE BRANCH x | ALTER TABLE",
        "MSCK REPAIR TABLE d | MSCK REPAIR TABLE",
        "ANALYZE TABLE d COMPUTE STATISTICS | ANALYZE TABLE",
        "COMMENT ON TABLE d IS 'x' | COMMENT ON TABLE",
      })
  void definitionsAreDdl(String text, String construct) {
    Statement statement = reader.read(text);
    assertThat(statement).isInstanceOf(Statement.Ddl.class);
    assertThat(((Statement.Ddl) statement).construct()).isEqualTo(construct);
    assertThat(names(statement, Role.DEFINE)).containsExactly("d");
  }

  @Test
  void renamingNamesBothTables() {
    assertThat(names(reader.read("ALTER TABLE a RENAME TO b.c"), Role.DEFINE))
        .containsExactly("a", "b.c");
  }

  @Test
  void viewsKeepTheirBodysNamesForLater() {
    Statement statement = reader.read("CREATE OR REPLACE VIEW v AS SELECT * FROM t");
    assertThat(names(statement, Role.DEFINE)).containsExactly("v");
    assertThat(names(statement, Role.VIEW_BODY)).containsExactly("t");
  }

  @Test
  void temporaryFunctionsAreToldFromOthers() {
    assertThat(reader.read("CREATE OR REPLACE TEMPORARY FUNCTION f AS 'a.B'"))
        .isInstanceOfSatisfying(
            Statement.Ddl.class,
            ddl -> assertThat(ddl.construct()).isEqualTo(Statement.Ddl.TEMPORARY_FUNCTION));
    assertThat(reader.read("CREATE FUNCTION f AS 'a.B'"))
        .isInstanceOfSatisfying(
            Statement.Ddl.class, ddl -> assertThat(ddl.construct()).isEqualTo("CREATE FUNCTION"));
  }

  @Test
  void temporaryViewsHaveBodies() {
    assertThat(reader.read("CREATE TEMP VIEW v AS SELECT * FROM t;"))
        .isInstanceOfSatisfying(
            Statement.CreateTemporaryView.class,
            view -> {
              assertThat(view.name()).isEqualTo("v");
              assertThat(view.body()).isEqualTo("SELECT * FROM t");
            });
    assertThat(reader.read("CREATE TEMPORARY VIEW v (a COMMENT 'x', `b c`) AS VALUES (1, 2)"))
        .isInstanceOfSatisfying(
            Statement.CreateTemporaryView.class,
            view ->
                assertThat(view.body())
                    .isEqualTo("SELECT * FROM (VALUES (1, 2)\n) AS `v`(`a`, `b c`)"));
    assertThat(reader.read("CREATE TEMPORARY VIEW v USING parquet OPTIONS (path '/x')"))
        .isInstanceOfSatisfying(
            Statement.CreateTemporaryView.class, view -> assertThat(view.body()).isEmpty());
    assertThat(reader.read("CACHE TABLE v AS SELECT 1"))
        .isInstanceOfSatisfying(
            Statement.CreateTemporaryView.class,
            view -> assertThat(view.body()).isEqualTo("SELECT 1"));
    assertThat(reader.read("CREATE GLOBAL TEMPORARY VIEW v AS SELECT 1"))
        .isInstanceOf(Statement.Ddl.class);
  }

  @Test
  void setIsReadAsSparkReadsIt() {
    assertThat(reader.read("set spark.sql.shuffle.partitions = 4 "))
        .isEqualTo(
            new Statement.SetKey(
                "set spark.sql.shuffle.partitions = 4", "spark.sql.shuffle.partitions", "4"));
    assertThat(setKey("SET kitsune.engine=duckdb;").value()).isEqualTo("duckdb");
    assertThat(setKey("SET a.b = x = 'y z' -- kept").value()).isEqualTo("x = 'y z' -- kept");
    assertThat(setKey("SET `a b`=1").key()).isEqualTo("a b");
    assertThat(setKey("SET `a b`=`c;d`").value()).isEqualTo("c;d");
    assertThat(setKey("SET path=/a/*").value()).isEqualTo("/a/*");
    assertThat(setKey("SET TIME ZONE 'Europe/Berlin'"))
        .extracting(Statement.SetKey::key, Statement.SetKey::value)
        .containsExactly("spark.sql.session.timeZone", "Europe/Berlin");
    assertThat(setKey("SET TIME ZONE INTERVAL '-8:30' HOUR TO MINUTE").value()).isEqualTo("-08:30");
    assertThat(setKey("SET TIME ZONE INTERVAL 10 HOURS").value()).isEqualTo("+10:00");
    assertThat(reader.read("SET")).isEqualTo(new Statement.ShowSettings("SET", Optional.empty()));
    assertThat(reader.read("SET -v"))
        .isEqualTo(new Statement.ShowSettings("SET -v", Optional.empty()));
    assertThat(reader.read("SET a.b"))
        .isEqualTo(new Statement.ShowSettings("SET a.b", Optional.of("a.b")));
    assertThat(reader.read("RESET a.b"))
        .isEqualTo(new Statement.Reset("RESET a.b", Optional.of("a.b")));
    assertThatThrownBy(() -> reader.read("SET a b = 1")).isInstanceOf(KitsuneException.class);
  }

  private Statement.SetKey setKey(String text) {
    return (Statement.SetKey) reader.read(text);
  }

  @Test
  void commandsOfTheGatewayAreTold() {
    assertThat(reader.read("USE a.b"))
        .isEqualTo(new Statement.Use("USE a.b", Statement.Use.Kind.ANY, List.of("a", "b")));
    assertThat(reader.read("USE DATABASE a"))
        .isEqualTo(new Statement.Use("USE DATABASE a", Statement.Use.Kind.NAMESPACE, List.of("a")));
    assertThat(reader.read("SET CATALOG lake"))
        .isEqualTo(
            new Statement.Use("SET CATALOG lake", Statement.Use.Kind.CATALOG, List.of("lake")));
    assertThat(reader.read("SHOW TABLES IN a.b LIKE 'x*'"))
        .isEqualTo(
            new Statement.ShowTables(
                "SHOW TABLES IN a.b LIKE 'x*'",
                Statement.ShowTables.Kind.TABLES,
                List.of("a", "b"),
                Optional.of("x*")));
    assertThat(reader.read("SHOW SCHEMAS")).isInstanceOf(Statement.ShowNamespaces.class);
    assertThat(reader.read("SHOW CATALOGS")).isInstanceOf(Statement.ShowCatalogs.class);
    assertThat(reader.read("SHOW COLUMNS IN t")).isInstanceOf(Statement.ShowColumns.class);
    assertThat(reader.read("DESCRIBE t")).isInstanceOf(Statement.DescribeTable.class);
    assertThat(reader.read("DESC EXTENDED t")).isInstanceOf(Statement.Ddl.class);
    assertThat(names(reader.read("SHOW CREATE TABLE t"), Role.DESCRIBE)).containsExactly("t");
    assertThat(reader.read("show redirections;")).isInstanceOf(Statement.ShowRedirections.class);
    assertThat(reader.read("show engines;")).isInstanceOf(Statement.ShowEngines.class);
    assertThatThrownBy(() -> reader.read("SHOW ENGINES LIKE 'x'"))
        .hasMessageContaining("nothing may follow SHOW ENGINES");
    assertThat(reader.read("EXPLAIN ROUTE\n SELECT 1;"))
        .isEqualTo(new Statement.ExplainRoute("EXPLAIN ROUTE\n SELECT 1", "SELECT 1"));
    assertThat(names(reader.read("EXPLAIN EXTENDED SELECT * FROM t"), Role.READ))
        .containsExactly("t");
    assertThat(reader.read("CALL lake.system.expire_snapshots('a.b')"))
        .isInstanceOf(Statement.Ddl.class);
  }

  @Test
  void engineHintIsRead() {
    assertThat(((Statement.Query) reader.read("SELECT /*+ engine(DuckDB) */ 1")).engineHint())
        .contains("DuckDB");
    assertThat(
            ((Write) reader.read("INSERT INTO t SELECT /*+ ENGINE(spark), REPARTITION(2) */ 1"))
                .engineHint())
        .contains("spark");
    assertThatThrownBy(
            () -> reader.read("SELECT /*+ ENGINE(a) */ 1 UNION SELECT /*+ ENGINE(b) */ 1"))
        .hasMessageContaining("two engines");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t PIVOT (sum(a) FOR b IN (1, 2))",
        "SELECT TRANSFORM (a) USING 'cat' FROM t",
        "FROM t SELECT a SELECT b",
        "SELECT :p FROM t",
        "WITH a AS (SELECT 1), A AS (SELECT 2) SELECT * FROM t",
        "SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY b), w AS (ORDER BY c)",
        "SELECT sum(a) OVER (ORDER BY b ROWS b PRECEDING) FROM t",
        "SELECT a FROM t GROUP BY ROLLUP (a, ())",
        "SELECT * FROM t NATURAL JOIN LATERAL (SELECT 1 AS a)",
        "SELECT CAST(a AS decimal(39, 0)) FROM t",
        "SELECT 128Y FROM t"
      })
  void unknownConstructsAreOpaqueWithTheirTables(String text) {
    Statement statement = reader.read(text);
    assertThat(statement).isInstanceOf(Statement.Opaque.class);
    assertThat(names(statement, Role.READ)).containsExactly("t");
  }

  @Test
  void identifierClauseWithStringIsName() {
    Statement statement = reader.read("SELECT * FROM IDENTIFIER('a.`b.c`')");
    assertThat(statement.tables().get(0).parts()).containsExactly("a", "b.c");
    assertThatThrownBy(() -> reader.read("SELECT * FROM IDENTIFIER('a' || 'b')"))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> assertThat(e.code()).isEqualTo("PARSE_IDENTIFIER_NOT_LITERAL"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1 + FROM t WHERE) | ')' (line 1, column 24)",
        "SELEC 1 | 'SELEC' (line 1, column 1)",
        "SELECT 1 /* open | not closed",
        "SELECT (1 | end of input",
        "SELECT * FROM a-b | backquotes",
        "SELECT 1; SELECT 2 | 'SELECT'",
      })
  void syntaxErrorsNameThePlace(String text, String part) {
    assertThatThrownBy(() -> reader.read(text))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> {
              assertThat(e.code()).isEqualTo("PARSE_SYNTAX_ERROR");
              assertThat(e.sqlState()).isEqualTo("42601");
            })
        .hasMessageContaining(part);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", ";", "-- only a comment"})
  void nothingIsAnEmptyStatement(String text) {
    assertThatThrownBy(() -> reader.read(text))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("PARSE_EMPTY_STATEMENT"));
  }

  @Test
  void limitsAreCheckedBeforeParsing() {
    StatementReader strict = new StatementReader(new ReadingLimits(100, 20, 4));
    assertThatThrownBy(() -> strict.read("SELECT '" + "x".repeat(200) + "'"))
        .hasMessageContaining("max-length=100");
    assertThatThrownBy(() -> strict.read("SELECT " + "1+".repeat(20) + "1"))
        .hasMessageContaining("max-tokens=20");
    assertThatThrownBy(() -> strict.read("SELECT (((((1)))))"))
        .hasMessageContaining("max-nesting=4");
  }

  @Test
  void longChainsOfConnectivesStayShallow() {
    StringBuilder text = new StringBuilder("SELECT * FROM t WHERE a = 0");
    for (int i = 1; i < 5_000; i++) {
      text.append(" OR a = ").append(i);
    }
    assertThat(reader.read(text.toString())).isInstanceOf(Statement.Query.class);
  }

  @Test
  void scriptsSplitAtSemicolonsOutsideOfStringsAndComments() {
    assertThat(
            StatementSplitter.split(
                "SELECT ';' AS `;`; -- no ; here\n /* nor ; here */ SELECT \"a;b\";;\n;SELECT 3"))
        .containsExactly(
            new StatementSplitter.Piece("SELECT ';' AS `;`", true),
            new StatementSplitter.Piece("-- no ; here\n /* nor ; here */ SELECT \"a;b\"", true),
            new StatementSplitter.Piece("SELECT 3", false));
    assertThat(StatementSplitter.split("SELECT 1; SELECT 'a; b;"))
        .containsExactly(
            new StatementSplitter.Piece("SELECT 1", true),
            new StatementSplitter.Piece("SELECT 'a; b;", false));
    assertThat(StatementSplitter.split("SELECT 1; /* a; b"))
        .containsExactly(
            new StatementSplitter.Piece("SELECT 1", true),
            new StatementSplitter.Piece("/* a; b", false));
    assertThat(StatementSplitter.split(" -- nothing\n ;")).isEmpty();
  }

  @Test
  void tableNamesAreReadByThemselves() {
    assertThat(TableNames.parse("a.`b.c`")).containsExactly("a", "b.c");
    assertThatThrownBy(() -> TableNames.parse("a b")).isInstanceOf(KitsuneException.class);
    assertThatThrownBy(() -> TableNames.parse("")).isInstanceOf(KitsuneException.class);
  }
}
