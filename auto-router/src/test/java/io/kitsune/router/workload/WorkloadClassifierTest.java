// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.router.Engine;
import io.kitsune.router.Workload;
import io.kitsune.router.Workload.Type;
import io.kitsune.router.reading.StatementReader;
import io.kitsune.router.workload.WorkloadClassifier.KnownRuns;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkloadClassifierTest {
  private static final OptionalLong MUCH = OptionalLong.of(1L << 40);
  private static final Set<Engine> ANY = Set.of(Engine.DUCKDB, Engine.SPARK);

  private static Workload workload(
      String text, String client, OptionalLong bytes, KnownRuns... known) {
    return WorkloadClassifier.classify(
        new StatementReader().read(text),
        ANY,
        Map.of(),
        client,
        bytes,
        Optional.of(known).filter(runs -> runs.length > 0).map(runs -> runs[0]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO t SELECT * FROM u|BATCH_WRITE|insert",
        "CREATE TABLE t AS SELECT 1|BATCH_WRITE|create table as",
        "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE|BATCH_WRITE|merge",
        "CALL system.rewrite_data_files('t')|MAINTENANCE|call",
        "ALTER TABLE t ADD COLUMN c INT|MAINTENANCE|alter table",
        "CREATE TEMPORARY VIEW v AS SELECT 1|MAINTENANCE|create temporary view",
        "SELECT * FROM t|EXPLORATION|much data",
        "SELECT * FROM t LIMIT 100|INTERACTIVE|LIMIT 100",
        "SELECT * FROM t ORDER BY a LIMIT 10001|EXPLORATION|much data",
        "SELECT * FROM (SELECT * FROM t LIMIT 10)|EXPLORATION|much data"
      })
  void ofWhatTheStatementSays(String text, Type type, String reason) {
    Workload workload = workload(text, "", MUCH);
    assertThat(workload.type()).isEqualTo(type);
    assertThat(workload.reason()).contains(reason);
  }

  @Test
  void ofWhoAsksHowMuchAndHowOften() {
    String query = "SELECT a, count(*) FROM t GROUP BY a";

    assertThat(workload(query, "Apache Superset", MUCH).type()).isEqualTo(Type.INTERACTIVE);
    assertThat(workload(query, "DBeaver 25.1 - Main", MUCH).type()).isEqualTo(Type.EXPLORATION);
    assertThat(workload(query, "", OptionalLong.of(1_000)).type()).isEqualTo(Type.INTERACTIVE);
    assertThat(workload(query, "", OptionalLong.empty()).type()).isEqualTo(Type.EXPLORATION);
    assertThat(workload(query, "", MUCH, new KnownRuns(3, 900)))
        .isEqualTo(new Workload(Type.INTERACTIVE, "asked 3 times lately, 900 ms each or so"));
    assertThat(workload(query, "", MUCH, new KnownRuns(2, 900)).type()).isEqualTo(Type.EXPLORATION);
    assertThat(workload(query, "", MUCH, new KnownRuns(9, 30_001)).type())
        .isEqualTo(Type.EXPLORATION);
  }

  @Test
  void whatOnlyFlinkRunsIsContinuousUnlessInBatch() {
    var insert = new StatementReader().read("INSERT INTO t SELECT * FROM u");
    Set<Engine> flink = Set.of(Engine.FLINK);
    OptionalLong unknown = OptionalLong.empty();

    assertThat(
            WorkloadClassifier.classify(insert, flink, Map.of(), "", unknown, Optional.empty())
                .type())
        .isEqualTo(Type.CONTINUOUS);
    assertThat(
            WorkloadClassifier.classify(
                    insert,
                    flink,
                    Map.of("execution.runtime-mode", "BATCH"),
                    "",
                    unknown,
                    Optional.empty())
                .type())
        .isEqualTo(Type.BATCH_WRITE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO t SELECT * FROM stream|CONTINUOUS",
        "EXECUTE STATEMENT SET BEGIN INSERT INTO t SELECT 1; END|CONTINUOUS",
        "SELECT * FROM stream|CONTINUOUS",
        "CREATE TABLE s (a INT) WITH ('connector' = 'datagen')|MAINTENANCE",
        "STOP JOB 'x'|MAINTENANCE"
      })
  void ofWhatIsFlinks(String text, Type type) {
    var flink = new io.kitsune.router.Statement.Flink(text, "a table", java.util.List.of());
    assertThat(
            WorkloadClassifier.classify(
                    flink,
                    Set.of(Engine.FLINK),
                    Map.of(),
                    "",
                    OptionalLong.empty(),
                    Optional.empty())
                .type())
        .isEqualTo(type);
  }

  @Test
  void applicationsAreKnownByWhatTheySend() {
    String select = "SELECT 1";
    assertThat(ClientApplication.of(Map.of(), select)).isEmpty();
    assertThat(
            ClientApplication.of(
                Map.of("kyuubi.client.version", "1.10.1", "kyuubi.session.name", "nightly"),
                select))
        .isEqualTo("nightly");
    assertThat(ClientApplication.of(Map.of("kyuubi.client.version", "1.10.1"), select))
        .isEqualTo("kyuubi-jdbc 1.10.1");
    assertThat(
            ClientApplication.of(
                Map.of("kitsune.client", "Superset", "kyuubi.session.name", "x"), select))
        .isEqualTo("Superset");
    assertThat(
            ClientApplication.of(
                Map.of(), "-- Metabase:: userID: 1 queryType: MBQL queryHash: 0a\nSELECT 1"))
        .isEqualTo("Metabase");
    assertThat(ClientApplication.of(Map.of("kitsune.client", "x".repeat(1_000)), select))
        .hasSize(128);
  }
}
