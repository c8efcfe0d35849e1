// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.CellReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.protocol.TBinaryProtocol;
import org.apache.kyuubi.shaded.thrift.transport.TMemoryBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An Arrow batch to the bytes of a columnar row set, per row: through Java values and Thrift's
 * lists, straight, and as a record batch. How to run it: docs/benchmarks/encoding.md.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgs = "--add-opens=java.base/java.nio=ALL-UNNAMED")
public class EncodingBenchmark {
  static final int ROWS = 8_192;

  /** What the batch has; {@code mixed} is eight columns as a report has them. */
  @Param({"bigint", "double", "string", "decimal", "date", "timestamp", "mixed"})
  public String content;

  private List<Column> columns;
  private ArrowBatches cursor;
  private VectorSchemaRoot batch;
  private ValueEncoder values;
  private VectorColumns vectors;
  private ArrowVectors arrow;
  private int sentBytes = 1 << 20;

  /** Fills a batch, a tenth of it NULL but for texts, whose NULLs hide nothing in an engine's. */
  @Setup(Level.Trial)
  public void fill() {
    columns = columns(content);
    Random random = new Random(7);
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      List<Object> row = new ArrayList<>();
      for (Column column : columns) {
        boolean missing = random.nextInt(10) == 0 && column.type() != Simple.STRING;
        row.add(missing ? null : value(random, column.type()));
      }
      rows.add(row);
    }
    cursor = new ArrowBatches(columns, rows, ROWS);
    batch = cursor.next().orElseThrow();
    Encoding encoding =
        Encoding.of(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10, ZoneId.of("Europe/Amsterdam"));
    values = ValueEncoder.of(columns, encoding);
    vectors = new VectorColumns(columns, encoding);
    arrow = new ArrowVectors(columns, encoding);
  }

  /** Frees the batch. */
  @TearDown(Level.Trial)
  public void free() {
    cursor.close();
  }

  /** Through Java values and Thrift's lists. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int throughValues() throws TException {
    List<CellReader> cells = CellReader.of(batch, columns);
    List<List<Object>> rows = new ArrayList<>(ROWS);
    for (int i = 0; i < ROWS; i++) {
      List<Object> row = new ArrayList<>(cells.size());
      for (CellReader cell : cells) {
        row.add(cell.read(i));
      }
      rows.add(row);
    }
    return send(values.encode(0, rows));
  }

  /** Straight to bytes. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int straight() throws TException {
    return send(vectors.encode(0, batch, CellReader.of(batch, columns), 0, ROWS));
  }

  /** To an Arrow record batch; dates too, which no result over Arrow has. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int arrow() throws TException {
    return send(arrow.encode(0, batch, CellReader.of(batch, columns), 0, ROWS));
  }

  private int send(TRowSet rowSet) throws TException {
    TMemoryBuffer sent = new TMemoryBuffer(sentBytes);
    rowSet.write(new TBinaryProtocol(sent));
    sentBytes = sent.length();
    return sentBytes;
  }

  private static List<Column> columns(String content) {
    return switch (content) {
      case "bigint" -> List.of(Column.of("c", Simple.BIGINT));
      case "double" -> List.of(Column.of("c", Simple.DOUBLE));
      case "string" -> List.of(Column.of("c", Simple.STRING));
      case "decimal" -> List.of(Column.of("c", new DataType.Decimal(15, 2)));
      case "date" -> List.of(Column.of("c", Simple.DATE));
      case "timestamp" -> List.of(Column.of("c", Simple.TIMESTAMP));
      default ->
          List.of(
              Column.of("id", Simple.BIGINT),
              Column.of("n", Simple.INT),
              Column.of("price", new DataType.Decimal(15, 2)),
              Column.of("rate", Simple.DOUBLE),
              Column.of("name", Simple.STRING),
              Column.of("flag", Simple.STRING),
              Column.of("day", Simple.DATE),
              Column.of("at", Simple.TIMESTAMP));
    };
  }

  private static Object value(Random random, DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return BigDecimal.valueOf(random.nextInt(100_000_000), decimal.scale());
    }
    return switch ((Simple) type) {
      case BIGINT -> random.nextLong();
      case INT -> random.nextInt();
      case DOUBLE -> random.nextDouble();
      case STRING -> "customer " + random.nextInt(1_000_000);
      case DATE -> LocalDate.of(1992, 1, 1).plusDays(random.nextInt(2_500));
      case TIMESTAMP ->
          Instant.parse("2020-01-01T00:00:00Z").plusMillis(random.nextInt(Integer.MAX_VALUE));
      default -> throw new IllegalArgumentException(type.sql());
    };
  }
}
