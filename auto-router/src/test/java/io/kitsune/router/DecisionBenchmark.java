// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.scan.Confidence;
import io.kitsune.catalog.scan.HivePartition;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.catalog.scan.ScanFile;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.catalog.scan.ScanRequest;
import io.kitsune.redirection.Redirections;
import io.kitsune.router.decision.CostModel;
import io.kitsune.router.decision.Experience;
import io.kitsune.router.equivalence.DuckDbEquivalence;
import io.kitsune.router.history.LearnedCosts;
import io.kitsune.router.history.MeasuredRun;
import io.kitsune.router.policy.Policy;
import io.kitsune.router.reading.NormalisedText;
import io.kitsune.router.reading.ReadingLimits;
import io.kitsune.router.reading.StatementReader;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The gateway's own cost before an engine sees a statement: reading it, and deciding on it with
 * tables and plans in memory. How to run it: docs/benchmarks/decision.md.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DecisionBenchmark {
  /** Texts of Spark's test jar. */
  @State(Scope.Thread)
  public static class Reading {
    @Param({"tpch/q6.sql", "tpch/q21.sql", "tpcds/q3.sql", "tpcds/q14a.sql", "tpcds/q66.sql"})
    public String query;

    private final StatementReader reader = new StatementReader();
    private String text;

    /** Loads the text. */
    @Setup
    public void load() {
      text = text(query);
    }
  }

  /** TPC-H over Hive tables of one file each. */
  @State(Scope.Thread)
  public static class Deciding {
    @Param({"tpch/q6.sql", "tpch/q9.sql", "tpch/q21.sql"})
    public String query;

    /** Whether there are past runs that correct the predictions. */
    @Param({"no", "yes"})
    public String learned;

    private final SessionState session =
        new SessionState("ann", "spark_catalog", List.of("default"), Map.of(), Map.of());
    private Router router;
    private String text;

    /** Loads the text and makes the tables. */
    @Setup
    public void load() {
      text = text(query);
      MemoryCatalogs catalogs = new MemoryCatalogs();
      TpchTable.getTables().forEach(table -> catalogs.put(hiveTable(table)));
      router =
          new Router(
              catalogs,
              DecisionBenchmark::plan,
              Redirections::none,
              () ->
                  List.of(
                      new EngineStatus(Engine.DUCKDB, EngineStatus.State.READY, ""),
                      new EngineStatus(Engine.SPARK, EngineStatus.State.READY, "")),
              Map.of(Engine.DUCKDB, new DuckDbEquivalence()),
              CostModel.DEFAULT,
              ReadingLimits.DEFAULT,
              FlinkTables.NONE,
              Policy.NONE,
              fingerprint -> Optional.empty(),
              learned.equals("yes") ? learned(text) : Experience.NONE);
    }
  }

  /** A full memory of runs, those of the text among them. */
  private static Experience learned(String text) {
    LearnedCosts costs = new LearnedCosts(CostModel.DEFAULT, Duration.ofDays(1), Clock.systemUTC());
    String own = NormalisedText.of(text, ReadingLimits.DEFAULT).fingerprint();
    for (int i = 0; i < 20_000; i++) {
      for (Engine engine : List.of(Engine.DUCKDB, Engine.SPARK)) {
        costs.add(
            new MeasuredRun(
                engine,
                i % 1_000 == 0 ? own : "statement " + i,
                Clock.systemUTC().instant(),
                Duration.ofMillis(i % 50 + 1),
                1 << 20,
                100_000,
                1));
      }
    }
    return costs;
  }

  /** Text to tree. */
  @Benchmark
  public Statement read(Reading state) {
    return state.reader.read(state.text);
  }

  /** Text to decision, DuckDB's text written. */
  @Benchmark
  public RoutingDecision decide(Deciding state) {
    return state.router.decide(state.text, state.session);
  }

  private static String text(String resource) {
    try (InputStream stream =
        DecisionBenchmark.class.getClassLoader().getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(resource, e);
    }
  }

  private static HiveTable hiveTable(TpchTable<?> table) {
    List<Column> columns = table.getColumns().stream().map(DecisionBenchmark::column).toList();
    return new HiveTable(
        TableName.of("spark_catalog", "default", table.getTableName()),
        columns,
        List.of(),
        HiveTable.FileFormat.PARQUET,
        "file:/tpch/" + table.getTableName(),
        HiveTable.Kind.EXTERNAL,
        Map.of(),
        "ann");
  }

  private static Column column(TpchColumn<?> column) {
    DataType type =
        switch (column.getType().getBase()) {
          case IDENTIFIER -> Simple.BIGINT;
          case INTEGER -> Simple.INT;
          case DATE -> Simple.DATE;
          case DOUBLE -> new DataType.Decimal(15, 2);
          case VARCHAR -> Simple.STRING;
        };
    return Column.of(column.getColumnName(), type);
  }

  private static ScanPlan plan(ScanRequest request) {
    HiveTable table = (HiveTable) request.table();
    OptionalLong one = OptionalLong.of(1);
    OptionalLong none = OptionalLong.empty();
    ScanFile file = new ScanFile("/tpch/" + table.name().table() + ".parquet", 1 << 20);
    return new ScanPlan.HiveFiles(
        table,
        List.of(new HivePartition(List.of(), List.of(file))),
        new ScanEstimate(
            OptionalLong.of(1 << 20),
            OptionalLong.of(100_000),
            one,
            one,
            none,
            none,
            none,
            Confidence.EXACT,
            "made up"),
        List.of());
  }
}
