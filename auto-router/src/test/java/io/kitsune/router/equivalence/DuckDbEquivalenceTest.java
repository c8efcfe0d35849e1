// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.scan.HivePartition;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.catalog.scan.ScanFile;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.catalog.scan.ScanPlanner;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import io.kitsune.router.Veto;
import io.kitsune.router.equivalence.EngineEquivalence.Outcome;
import io.kitsune.router.reading.StatementReader;
import io.kitsune.router.resolution.TestResolutions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What surrounds the expressions: keys, zones, files, limits. */
class DuckDbEquivalenceTest {
  private static final HiveTable TABLE =
      new HiveTable(
          TableName.of("spark_catalog", "default", "t"),
          List.of(Column.of("id", DataType.Simple.INT), Column.of("c", new DataType.Char(3))),
          List.of(),
          HiveTable.FileFormat.PARQUET,
          "file:/nowhere",
          HiveTable.Kind.EXTERNAL,
          Map.of(),
          "");
  private static final ScanPlanner PLANNER =
      request ->
          new ScanPlan.HiveFiles(
              TABLE,
              List.of(new HivePartition(List.of(), List.of(new ScanFile("/data/a.parquet", 64)))),
              ScanEstimate.unknown("a test"),
              List.of());

  @Test
  void theDispatchNamesFilesColumnsAndZone() {
    Outcome outcome =
        translate(
            "select id + 1, sum(id) as s from t group by id + 1",
            Map.of("spark.sql.session.timeZone", "Europe/Berlin"),
            PLANNER);
    Dispatch.DuckDbQuery query = (Dispatch.DuckDbQuery) ((Outcome.Equivalent) outcome).dispatch();
    assertThat(query.files()).containsExactly("/data/a.parquet");
    assertThat(query.timeZone()).isEqualTo("Europe/Berlin");
    assertThat(query.columns().stream().map(Column::name)).containsExactly("(id + 1)", "s");
    assertThat(query.columns().stream().map(Column::type))
        .containsExactly(DataType.Simple.INT, DataType.Simple.BIGINT);
  }

  @Test
  void aVetoNamesTheConstructAndItsPlace() {
    Veto veto = onlyVeto("select id,\n  rlike(id, 'x') from t", Map.of(), PLANNER);
    assertThat(veto.construct()).isEqualTo("rlike");
    assertThat(veto.position()).isEqualTo(new Veto.Position(2, 3));
  }

  @Test
  void ansiModeIsAVeto() {
    assertThat(onlyVeto("select id from t", Map.of("spark.sql.ansi.enabled", "true"), PLANNER))
        .extracting(Veto::construct)
        .isEqualTo("spark.sql.ansi.enabled");
  }

  @Test
  void aZoneWithoutAnIanaNameIsAVeto() {
    assertThat(onlyVeto("select 1", Map.of("spark.sql.session.timeZone", "+05:30"), PLANNER))
        .extracting(Veto::construct)
        .isEqualTo("spark.sql.session.timeZone");
    assertThat(translate("select 1", Map.of("spark.sql.session.timeZone", "Z"), PLANNER))
        .isInstanceOf(Outcome.Equivalent.class);
  }

  @Test
  void aScanThatCannotBePlannedIsAVetoAndStillAScan() {
    ScanPlanner failing =
        request -> {
          throw new KitsuneException("CATALOG_SCAN_FAILED", "58030", "the folder is gone");
        };
    AnalyzedQuery query = analyzed("select id from t", Map.of(), failing);
    assertThat(query.vetoes(Engine.DUCKDB))
        .singleElement()
        .extracting(Veto::reason)
        .isEqualTo("the folder is gone");
    assertThat(query.scans()).singleElement().extracting(s -> s.table()).isEqualTo(TABLE.name());
  }

  @Test
  void charColumnsAreNotReadButOthersOfTheTableAre() {
    assertThat(translate("select id from t", Map.of(), PLANNER))
        .isInstanceOf(Outcome.Equivalent.class);
    assertThat(onlyVeto("select c from t", Map.of(), PLANNER).construct())
        .isEqualTo("type char(3)");
  }

  @Test
  void whatDuckDbsParserCouldNotNestIsAVeto() {
    String sum = IntStream.range(0, 300).mapToObj(i -> "id").collect(Collectors.joining(" + "));
    assertThat(onlyVeto("select " + sum + " as s from t", Map.of(), PLANNER).construct())
        .isEqualTo("an expression");
    String choice =
        IntStream.range(0, 300).mapToObj(i -> "id = " + i).collect(Collectors.joining(" and "));
    assertThat(translate("select id from t where " + choice, Map.of(), PLANNER))
        .isInstanceOf(Outcome.Equivalent.class);
  }

  private static Veto onlyVeto(String sql, Map<String, String> configuration, ScanPlanner planner) {
    Outcome outcome = translate(sql, configuration, planner);
    assertThat(outcome).isInstanceOf(Outcome.Vetoed.class);
    List<Veto> vetoes = ((Outcome.Vetoed) outcome).vetoes();
    assertThat(vetoes).hasSize(1);
    return vetoes.get(0);
  }

  private static Outcome translate(
      String sql, Map<String, String> configuration, ScanPlanner planner) {
    return new DuckDbEquivalence().translate(analyzed(sql, configuration, planner));
  }

  private static AnalyzedQuery analyzed(
      String sql, Map<String, String> configuration, ScanPlanner planner) {
    Statement.Query query = (Statement.Query) new StatementReader().read(sql);
    SessionState session =
        new SessionState("test", "spark_catalog", List.of("default"), configuration, Map.of());
    return AnalyzedQuery.of(
        query, TestResolutions.of(query.tree(), name -> TABLE), session, planner);
  }
}
