// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.TableName;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.Redirection;
import io.kitsune.redirection.Redirections;
import io.kitsune.router.MemoryCatalogs;
import io.kitsune.router.SessionState;
import io.kitsune.router.SessionState.TemporaryView;
import io.kitsune.router.Statement;
import io.kitsune.router.reading.StatementReader;
import io.kitsune.router.resolution.Resolver.Resolved;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolverTest {
  private final MemoryCatalogs catalogs =
      new MemoryCatalogs()
          .table("spark_catalog", "default", "here", "a")
          .table("spark_catalog", "sales", "orders", "a", "b")
          .table("spark_catalog", "sales", "items", "a", "c")
          .table("lake", "sales", "orders", "a", "b")
          .view("sales", "plain", "SELECT a FROM items", List.of("a"), "x")
          .view(
              "sales",
              "recent",
              "SELECT a, b FROM orders -- all of them",
              List.of("a", "b"),
              "x",
              "y")
          .view(
              "sales",
              "nested",
              "WITH r AS (SELECT * FROM recent) SELECT r.x FROM r",
              List.of(),
              "z");
  private final StatementReader reader = new StatementReader();
  private final Resolver resolver = new Resolver(catalogs, reader);

  private static SessionState session(Map<String, TemporaryView> temporaryViews) {
    return new SessionState("ann", "spark_catalog", List.of("default"), Map.of(), temporaryViews);
  }

  private static TemporaryView temporary(String body) {
    return new TemporaryView("CREATE …", body, "spark_catalog", List.of("sales"));
  }

  private static Redirections redirected(Phase phase) {
    TableName source = TableName.of("spark_catalog", "sales", "orders");
    Redirection known =
        new Redirection(source, TableName.of("lake", "sales", "orders"), phase, Instant.EPOCH);
    return name ->
        name.toString().equalsIgnoreCase(source.toString()) ? Optional.of(known) : Optional.empty();
  }

  private Resolved resolve(String text, Redirections redirections) {
    return resolver.resolve(reader.read(text), session(Map.of()), redirections);
  }

  private String moved(String text) {
    return resolve(text, redirected(Phase.MIGRATED)).text();
  }

  private static Map<String, String> relations(Resolved resolved) {
    return resolved.resolution().relations().entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().toString(),
                entry -> shown(entry.getValue()),
                (one, two) -> one + "," + two));
  }

  private static String shown(Relation relation) {
    if (relation instanceof Relation.Base base) {
      return base.table().name().toString();
    }
    if (relation instanceof Relation.Expanded view) {
      return "view " + view.name();
    }
    return relation instanceof Relation.SparkOnly only ? "spark " + only.construct() : "with";
  }

  @ParameterizedTest
  @CsvSource({
    "here, spark_catalog.default.here",
    "sales.orders, spark_catalog.sales.orders",
    "SALES.Orders, spark_catalog.sales.orders",
    "spark_catalog.sales.orders, spark_catalog.sales.orders",
    "lake.sales.orders, lake.sales.orders",
    "sales.plain, view spark_catalog.sales.plain",
    "elsewhere.t, spark spark_catalog.elsewhere.t",
    "global_temp.g, spark global temporary view",
    "sales.orders.snapshots, spark spark_catalog.sales.orders.snapshots",
    "parquet.`/a/b`, spark spark_catalog.parquet.`/a/b`",
  })
  void namesAreFoundAsSparkFindsThem(String name, String meaning) {
    Resolved resolved = resolve("SELECT * FROM " + name, Redirections.none());
    assertThat(relations(resolved).values()).contains(meaning);
    assertThat(resolved.text()).isEqualTo("SELECT * FROM " + name);
  }

  @Test
  void temporaryViewsHideTablesAndKeepTheirOwnNamespace() {
    Statement statement = reader.read("SELECT * FROM HERE, default.here");
    Resolved resolved =
        resolver.resolve(
            statement,
            session(Map.of("here", temporary("SELECT * FROM items"))),
            Redirections.none());
    assertThat(relations(resolved))
        .containsEntry("HERE", "view HERE")
        .containsEntry("items", "spark_catalog.sales.items")
        .containsEntry("default.here", "spark_catalog.default.here");
    Resolved unreadable =
        resolver.resolve(statement, session(Map.of("here", temporary(""))), Redirections.none());
    assertThat(relations(unreadable)).containsEntry("HERE", "spark here".replace("here", "HERE"));
  }

  @Test
  void commonTablesHideTablesInTheirScopeOnly() {
    Resolved resolved =
        resolve(
            "WITH here AS (SELECT * FROM here) SELECT * FROM here WHERE a IN (SELECT a FROM Here)",
            Redirections.none());
    assertThat(relations(resolved))
        .containsEntry("Here", "with")
        .hasEntrySatisfying(
            "here",
            both -> assertThat(both).contains("with").contains("spark_catalog.default.here"));
  }

  @Test
  void movedTablesAreReplacedInTheTextAndTheTree() {
    Resolved resolved =
        resolve("/* c */ SELECT  a FROM sales.orders  -- end", redirected(Phase.MIGRATED));
    assertThat(resolved.text())
        .isEqualTo("/* c */ SELECT  a FROM lake.sales.orders AS `orders`  -- end");
    assertThat(relations(resolved)).containsEntry("sales.orders", "lake.sales.orders");
    assertThat(resolved.redirected())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.written()).hasToString("spark_catalog.sales.orders");
              assertThat(one.meant()).hasToString("lake.sales.orders");
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"DISCOVERED", "PLANNED", "BRIDGED", "MIGRATING", "VALIDATING", "FAILED"})
  void readsStayWithTheSourceUntilMigrated(Phase phase) {
    String text = "SELECT * FROM sales.orders";
    Resolved resolved = resolve(text, redirected(phase));
    assertThat(resolved.text()).isEqualTo(text);
    assertThat(relations(resolved)).containsEntry("sales.orders", "spark_catalog.sales.orders");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT sales.orders.a, orders.b FROM sales.orders"
            + "|SELECT orders.a, orders.b FROM lake.sales.orders AS `orders`",
        "SELECT spark_catalog . sales.orders.* FROM sales.orders"
            + "|SELECT orders.* FROM lake.sales.orders AS `orders`",
        "SELECT o.a FROM sales.orders o|SELECT o.a FROM lake.sales.orders o",
        "SELECT 1 FROM sales.items WHERE EXISTS (SELECT 1 FROM sales.orders WHERE sales.orders.a = sales.items.a)"
            + "|SELECT 1 FROM sales.items WHERE EXISTS (SELECT 1 FROM lake.sales.orders AS `orders` WHERE orders.a = sales.items.a)",
        "SELECT * FROM sales.`Orders` TABLESAMPLE (10 PERCENT) JOIN sales.items USING (a)"
            + "|SELECT * FROM lake.sales.orders TABLESAMPLE (10 PERCENT) AS `Orders` JOIN sales.items USING (a)",
        "SELECT * FROM sales.orders.snapshots|SELECT * FROM lake.sales.orders.`snapshots` AS `snapshots`",
        "INSERT INTO sales.orders SELECT * FROM sales.orders"
            + "|INSERT INTO lake.sales.orders SELECT * FROM lake.sales.orders AS `orders`",
        "DELETE FROM sales.orders WHERE sales.orders.a = 1"
            + "|DELETE FROM lake.sales.orders AS `orders` WHERE orders.a = 1",
        "UPDATE sales.orders SET sales.orders.a = sales.orders.b"
            + "|UPDATE lake.sales.orders AS `orders` SET orders.a = orders.b",
        "DESCRIBE EXTENDED sales.orders|DESCRIBE EXTENDED lake.sales.orders",
        "DROP TABLE sales.orders|DROP TABLE lake.sales.orders",
        "EXPLAIN SELECT * FROM sales.orders|EXPLAIN SELECT * FROM lake.sales.orders AS `orders`",
        "SELECT * FROM (SELECT TRANSFORM (a) USING 'cat' FROM sales.orders)"
            + "|SELECT * FROM (SELECT TRANSFORM (a) USING 'cat' FROM lake.sales.orders AS `orders`)",
        "CREATE VIEW v AS SELECT * FROM sales.orders|CREATE VIEW v AS SELECT * FROM sales.orders",
        "CREATE GLOBAL TEMPORARY VIEW v AS SELECT * FROM sales.orders"
            + "|CREATE GLOBAL TEMPORARY VIEW v AS SELECT * FROM lake.sales.orders AS `orders`",
      })
  void everyPlaceOfMovedTableIsRewritten(String text, String expected) {
    String written = moved(text);
    assertThat(written).isEqualTo(expected);
    assertThat(reader.read(written)).isNotNull();
  }

  @Test
  void viewsOverMovedTablesAreWrittenOut() {
    assertThat(moved("SELECT recent.x FROM sales.recent"))
        .isEqualTo(
            "SELECT recent.x FROM (SELECT `a` AS `x`, `b` AS `y` FROM (SELECT a, b FROM"
                + " lake.sales.orders AS `orders` -- all of them\n) AS `recent`\n) AS `recent`");
    String nested = moved("SELECT * FROM sales.nested n");
    assertThat(nested)
        .startsWith("SELECT * FROM (SELECT * FROM (WITH r AS (SELECT * FROM (SELECT `a` AS `x`")
        .contains("lake.sales.orders AS `orders`")
        .endsWith(") AS `nested`(`z`)\n) n");
    assertThat(reader.read(nested)).isInstanceOf(Statement.Query.class);
    assertThat(moved("SELECT * FROM sales.plain")).isEqualTo("SELECT * FROM sales.plain");
    assertThat(moved("SHOW CREATE TABLE sales.recent")).isEqualTo("SHOW CREATE TABLE sales.recent");
    assertThatThrownBy(() -> moved("TABLE sales.recent")).hasMessageContaining("SELECT * FROM");
  }

  @Test
  void namesInViewsBodiesAreWrittenInFull() {
    catalogs.view("sales", "mixed", "SELECT * FROM orders, items", List.of(), "p", "q", "r", "s");
    assertThat(moved("SELECT * FROM sales.mixed"))
        .contains("FROM lake.sales.orders AS `orders`, spark_catalog.sales.items AS `items`");
  }

  @Test
  void temporaryViewsOverMovedTablesAreWrittenOut() {
    Resolved resolved =
        resolver.resolve(
            reader.read("SELECT t.a FROM t"),
            session(Map.of("t", temporary("SELECT * FROM orders"))),
            redirected(Phase.MIGRATED));
    assertThat(resolved.text())
        .isEqualTo("SELECT t.a FROM (SELECT * FROM lake.sales.orders AS `orders`\n) AS `t`");
  }

  @Test
  void writesAreRefusedWhileTheTableIsCopied() {
    for (String text :
        List.of(
            "INSERT INTO sales.orders VALUES (1, 2)",
            "TRUNCATE TABLE sales.orders",
            "ALTER TABLE sales.orders ADD COLUMNS (c INT)",
            "DROP TABLE sales.orders")) {
      assertThatThrownBy(() -> resolve(text, redirected(Phase.MIGRATING)))
          .as(text)
          .isInstanceOfSatisfying(
              KitsuneException.class,
              e -> {
                assertThat(e.code()).isEqualTo("REDIRECTION_WRITE_REFUSED");
                assertThat(e).hasMessageContaining("migrating");
              });
    }
    assertThat(resolve("INSERT INTO sales.orders VALUES (1, 2)", redirected(Phase.BRIDGED)))
        .extracting(Resolved::text)
        .isEqualTo("INSERT INTO sales.orders VALUES (1, 2)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CALL spark_catalog.system.expire_snapshots('sales.orders')",
        "CALL system.expire_snapshots(older_than => TIMESTAMP '2024-01-01', table => 'sales.orders')",
        "call `spark_catalog`.system.rewrite_data_files('sales' \".orders\", 'sort', 'a')",
        "CALL system.rewrite_data_files(options => map('a', 'b'), table => 'spark_catalog.`SALES`.`Orders`')",
        "CALL lake.system.snapshot('sales.orders', 'sales.copy')",
        "CALL lake.system.add_files(table => 'sales.new', source_table => 'sales.orders')",
        "CALL lake.system.add_files('sales.new', '\\u0073ales.orders') -- first",
        "CALL spark_catalog.system.my_own(1, 'sales.orders')",
        "CALL system.create_changelog_view('sales.orders.changes')"
      })
  void proceduresOnMovedTablesAreRefused(String text) {
    assertThatThrownBy(() -> moved(text))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("REDIRECTION_CALL_REFUSED"))
        .hasMessageContaining("lake.sales.orders");
    assertThat(resolve(text, redirected(Phase.BRIDGED)).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CALL lake.system.expire_snapshots('sales.orders')",
        "CALL lake.system.expire_snapshots('lake.sales.orders')",
        "CALL system.rewrite_data_files('sales.items', 'sort', 'sales.orders')",
        "CALL system.rewrite_data_files(table => 'sales.items', where => 'sales.orders')",
        "CALL system.add_files('sales.items', '`parquet`.`/sales/orders`')",
        "CALL system.rewrite_data_files(table => 'sales.items', options => map('sales.orders', 'sales.orders'))",
        "CALL system.ancestors_of('not a name')"
      })
  void otherProceduresAreLeftAlone(String text) {
    assertThat(moved(text)).isEqualTo(text);
  }

  @Test
  void proceduresWaitForTheCopyUnlessTheyOnlyReadIt() {
    assertThatThrownBy(
            () ->
                resolve(
                    "CALL system.expire_snapshots('sales.orders')", redirected(Phase.MIGRATING)))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> assertThat(e.code()).isEqualTo("REDIRECTION_WRITE_REFUSED"));
    String copy = "CALL lake.system.snapshot('sales.orders', 'sales.copy')";
    assertThat(resolve(copy, redirected(Phase.MIGRATING)).text()).isEqualTo(copy);
  }

  @Test
  void newViewsFollowTheTargetOnceTheSourceIsGone() {
    String text = "CREATE VIEW v AS SELECT sales.orders.a FROM sales.orders";
    assertThat(resolve(text, redirected(Phase.DECOMMISSIONED)).text())
        .isEqualTo("CREATE VIEW v AS SELECT orders.a FROM lake.sales.orders AS `orders`");
  }

  @Test
  void whatCannotBeRewrittenIsRefused() {
    assertThatThrownBy(() -> moved("ALTER TABLE sales.orders RENAME TO sales.o2"))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> assertThat(e.code()).isEqualTo("REDIRECTION_RENAME_REFUSED"));
    assertThatThrownBy(() -> moved("SELECT sales.orders.a FROM sales.orders JOIN default.orders"))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> assertThat(e.code()).isEqualTo("REDIRECTION_NAME_AMBIGUOUS"));
  }

  @Test
  void viewsThatNameThemselvesComeToAnEnd() {
    catalogs.view("sales", "loop", "SELECT * FROM loop UNION SELECT * FROM loop", List.of(), "a");
    assertThatThrownBy(() -> resolve("SELECT * FROM sales.loop", Redirections.none()))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> assertThat(e.code()).isEqualTo("REDIRECTION_VIEW_TOO_DEEP"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "sales.nowhere", "lake.sales.nowhere"})
  void missingTablesAreAnErrorWithPlace(String name) {
    assertThatThrownBy(() -> resolve("SELECT *\nFROM " + name, Redirections.none()))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("TABLE_OR_VIEW_NOT_FOUND"))
        .hasMessageContaining("nowhere")
        .hasMessageContaining("line 2, column 6");
  }

  @Test
  void withInsideWithOfOneNameIsLeftToSpark() {
    Resolved resolved =
        resolve(
            "WITH w AS (SELECT 1), v AS (WITH W AS (SELECT 2) SELECT * FROM w) SELECT * FROM v",
            Redirections.none());
    assertThat(relations(resolved)).containsEntry("w", "spark w").containsEntry("v", "with");
  }

  @Test
  void catalogsThatAreDownAreAnError() {
    catalogs.fail("CATALOG_UNAVAILABLE");
    assertThatThrownBy(() -> resolve("SELECT * FROM sales.orders", Redirections.none()))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("CATALOG_UNAVAILABLE"));
  }

  @Test
  void tablesThatCannotBeReadHereAreLeftToSpark() {
    catalogs.fail("CATALOG_METADATA_UNREADABLE");
    Resolved resolved = resolve("SELECT * FROM sales.orders", Redirections.none());
    assertThat(relations(resolved))
        .containsEntry("sales.orders", "spark spark_catalog.sales.orders");
    assertThat(resolved.text()).isEqualTo("SELECT * FROM sales.orders");
  }

  @Test
  void viewsMadeUnderOtherSettingsAreSparksAndNotWrittenOut() {
    Map<String, String> stored =
        Map.of("spark.sql.ansi.enabled", "true", "spark.sql.shuffle.partitions", "7");
    catalogs.view("sales", "strict", "SELECT a FROM orders", stored, List.of("a"), "a");
    assertThat(relations(resolve("SELECT * FROM sales.strict", Redirections.none())))
        .containsEntry("sales.strict", "spark spark_catalog.sales.strict");
    assertThatThrownBy(() -> moved("SELECT * FROM sales.strict"))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> assertThat(e.code()).isEqualTo("REDIRECTION_VIEW_NOT_INLINED"))
        .hasMessageContaining("spark.sql.ansi.enabled");
    catalogs.view(
        "sales",
        "zoned",
        "SELECT a FROM orders",
        Map.of("spark.sql.session.timeZone", "Etc/UTC"),
        List.of("a"),
        "a");
    assertThat(relations(resolve("SELECT * FROM sales.zoned", Redirections.none())))
        .containsEntry("sales.zoned", "view spark_catalog.sales.zoned");
  }
}
