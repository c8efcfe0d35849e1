// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.engine.flink.FlinkResult.Changes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatementPlanTest {
  private static final Duration CHECKPOINTS = Duration.ofSeconds(10);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select 1 | QUERY",
        "(SELECT 1) | QUERY",
        "/* SELECT */ INSERT INTO t SELECT 1 | WRITE",
        "EXECUTE STATEMENT SET BEGIN INSERT INTO t SELECT 1; END | WRITE",
        "SHOW JOBS | OTHER",
        "STOP JOB 'x' | STOP",
        "CREATE TABLE t AS SELECT 1 | WRITE",
        "/* never closed | OTHER",
        "'' | OTHER"
      })
  void theFirstWordTells(String text, StatementKind kind) {
    assertThat(StatementKind.of(text)).isEqualTo(kind);
    assertThat(StatementKind.of("-- INSERT\n\t" + text)).isEqualTo(kind);
  }

  @Test
  void aStatementIsABatchAndAStreamWhereItHasToBe() {
    StatementPlan insert = StatementPlan.of("INSERT INTO t SELECT 1", Map.of(), CHECKPOINTS);
    assertThat(insert.first().continuous()).isFalse();
    assertThat(insert.first().configuration())
        .isEqualTo(Map.of("execution.runtime-mode", "batch", "table.dml-sync", "true"));
    assertThat(insert.ifUnbounded().orElseThrow().configuration())
        .isEqualTo(
            Map.of(
                "execution.runtime-mode",
                "streaming",
                "execution.checkpointing.interval",
                "10000ms"));
    // Its rows would wait for the next checkpoint.
    StatementPlan query = StatementPlan.of("SELECT 1", Map.of(), CHECKPOINTS);
    assertThat(query.ifUnbounded().orElseThrow().configuration())
        .isEqualTo(Map.of("execution.runtime-mode", "streaming"));
  }

  @Test
  void theSessionsWordIsTheLast() {
    Map<String, String> settings =
        Map.of("execution.runtime-mode", "STREAMING", "execution.checkpointing.interval", "1h");

    StatementPlan plan = StatementPlan.of("INSERT INTO t SELECT 1", settings, CHECKPOINTS);

    assertThat(plan.first().continuous()).isTrue();
    assertThat(plan.first().configuration()).isEqualTo(settings);
    assertThat(plan.ifUnbounded()).isEmpty();
  }

  @Test
  void onlyFlinksKeysAreItsOwn() {
    assertThat(
            FlinkKeys.of(
                Map.of(
                    "spark.sql.session.timeZone", "Asia/Tokyo",
                    "spark.sql.ansi.enabled", "true",
                    "kitsune.engine", "flink",
                    "table.exec.mini-batch.enabled", "true")))
        .isEqualTo(
            Map.of("table.local-time-zone", "Asia/Tokyo", "table.exec.mini-batch.enabled", "true"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TableSourceScan(fields=[id], changelogMode=[I]) | APPENDED",
        "GroupAggregate(select=[COUNT(*)], changelogMode=[I,UA]) | SHOWN",
        "Sink(fields=[id], changelogMode=[NONE]) | SHOWN",
        "GroupAggregate(select=[COUNT(*)]) | SHOWN"
      })
  void theRootOfAPlanTellsWhetherRowsChange(String root, Changes changes) {
    String plan = "== Abstract Syntax Tree ==\nx\n\n== Optimized Physical Plan ==\n";

    assertThat(ChangelogPlan.changes(plan + root + "\n+- Scan(changelogMode=[I])\n"))
        .isEqualTo(changes);
    assertThat(ChangelogPlan.changes("something else")).isEqualTo(Changes.SHOWN);
  }

  @Test
  void flinksTablesAreKnownByItsFiles(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("tables/default"));
    Files.createDirectories(folder.resolve("catalogs"));
    Files.createFile(folder.resolve("tables/default/my+clicks.properties"));
    Files.createFile(folder.resolve("catalogs/flink.yaml"));
    Files.createFile(folder.resolve("catalogs/lake.yaml"));
    var tables = FlinkNames.ofFolder(folder, Set.of("lake"));

    assertThat(tables.has(List.of("my clicks"))).isTrue();
    assertThat(tables.has(List.of("default", "my clicks"))).isTrue();
    assertThat(tables.has(List.of("clicks"))).isFalse();
    assertThat(tables.has(List.of("..", "default"))).isFalse();
    assertThat(tables.has(List.of("flink", "default", "any"))).isTrue();
    assertThat(tables.has(List.of("lake", "default", "any"))).isFalse();
    assertThat(FlinkNames.ofCatalogs(Set.of("kafka")).has(List.of("kafka", "a", "b"))).isTrue();
  }
}
