// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.iceberg.IcebergMetadata;
import io.kitsune.catalog.iceberg.LakeTable;
import io.kitsune.catalog.iceberg.LocalLocations;
import io.kitsune.catalog.scan.ScanFile;
import io.kitsune.catalog.scan.ScanRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expression.Operation;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For random tables and predicates: no file that holds a matching row is ever pruned. */
final class PruningPropertyTest {
  private static final int PREDICATES = 100;
  private static final Schema SCHEMA =
      new Schema(
          optional(1, "Id", Types.LongType.get()),
          optional(2, "i", Types.IntegerType.get()),
          optional(3, "f", Types.FloatType.get()),
          optional(4, "d", Types.DoubleType.get()),
          optional(5, "m", Types.DecimalType.of(10, 2)),
          optional(6, "s", Types.StringType.get()),
          optional(7, "day", Types.DateType.get()),
          optional(8, "at", Types.TimestampType.withZone()),
          optional(9, "local", Types.TimestampType.withoutZone()),
          optional(10, "b", Types.BooleanType.get()));
  private static final List<String> STRINGS =
      List.of(
          "",
          "a",
          "ab",
          "abc",
          "B",
          "é",
          "\uD83D\uDE00",
          "\uFFFD",
          "the same long beginning 1",
          "the same long beginning 2",
          "the same long beginning \uD83D\uDE00");
  private static final double[] NUMBERS = {
    0.0,
    -0.0,
    1,
    -1,
    0.1,
    0.5,
    1.005,
    1e20,
    -1e300,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  @TempDir Path folder;
  private final IcebergMetadata metadata = IcebergMetadata.open(Map.of());
  private final IcebergScanPlanner planner = new IcebergScanPlanner();
  private final IcebergScanPlanner forgetful =
      new IcebergScanPlanner(new ScanLimits(1_000, 0, Duration.ofSeconds(30), 1));

  @AfterEach
  void close() {
    planner.close();
    forgetful.close();
    metadata.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void noFileWithAMatchingRowIsPruned(long seed) throws IOException {
    Random random = new Random(seed);
    LakeTable lake =
        LakeTable.create(folder, 1 + random.nextInt(3), SCHEMA, randomSpec(SCHEMA, random));
    Map<String, List<Record>> rowsByFile = new HashMap<>();
    fill(lake, random, rowsByFile);
    evolve(lake, random);
    fill(lake, random, rowsByFile);
    IcebergTable table = lake.load(metadata, new Version.Current());
    assertThat(readByIceberg(lake)).isEqualTo(total(rowsByFile));

    int pruned = 0;
    for (int n = 0; n < PREDICATES; n++) {
      Expression predicate = randomPredicate(table.schema(), random, 3);
      Set<String> kept = paths(planner, table, predicate);
      // What is remembered must be pruned as Iceberg's own planning does it.
      assertThat(paths(forgetful, table, predicate)).isEqualTo(kept);
      pruned += rowsByFile.size() - kept.size();
      rowsByFile.forEach(
          (file, rows) -> {
            if (rows.stream()
                .anyMatch(row -> SparkSemantics.matches(predicate, table.schema(), row))) {
              assertThat(kept).as("seed %d, %s, rows %s", seed, predicate, rows).contains(file);
            }
          });
    }
    // The test is worth something only if files do get pruned.
    assertThat(pruned).isGreaterThan(PREDICATES);
  }

  private static Set<String> paths(
      IcebergScanPlanner planner, IcebergTable table, Expression predicate) {
    return planner.plan(new ScanRequest(table, Set.of(), predicate)).files().stream()
        .map(ScanFile::path)
        .collect(Collectors.toSet());
  }

  private static void fill(LakeTable lake, Random random, Map<String, List<Record>> rowsByFile) {
    for (int commit = 0; commit < 3; commit++) {
      List<Record> rows = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        rows.add(randomRow(lake, random));
      }
      for (Map.Entry<DataFile, List<Record>> file : lake.appendByPartition(rows).entrySet()) {
        rowsByFile.put(
            LocalLocations.path(file.getKey().location()).orElseThrow(), file.getValue());
      }
    }
  }

  /** Renames, moves and widens columns, and changes the partitioning. */
  private static void evolve(LakeTable lake, Random random) {
    lake.table()
        .updateSchema()
        .renameColumn("s", "text")
        .updateColumn("i", Types.LongType.get())
        .moveFirst("m")
        .commit();
    if (lake.table().spec().fields().stream().noneMatch(field -> field.name().equals("s"))) {
      lake.table().updateSchema().addColumn("s", Types.StringType.get()).commit();
    }
    PartitionSpec next = randomSpec(lake.table().schema(), random);
    var update = lake.table().updateSpec();
    lake.table().spec().fields().forEach(field -> update.removeField(field.name()));
    next.fields()
        .forEach(
            field ->
                update.addField(
                    "evolved_" + field.name(),
                    Expressions.transform(
                        next.schema().findColumnName(field.sourceId()), field.transform())));
    update.commit();
  }

  private static PartitionSpec randomSpec(Schema schema, Random random) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    String text = schema.findField(6).name();
    switch (random.nextInt(9)) {
      case 0 -> spec.identity("d");
      case 1 -> spec.bucket("Id", 4);
      case 2 -> spec.truncate(text, 2).day("at");
      case 3 -> spec.identity("m").identity("f");
      case 4 -> spec.truncate("m", 10);
      case 5 -> spec.year("day").month("local");
      case 6 -> spec.identity(text);
      case 7 -> spec.hour("at").identity("b");
      default -> spec.truncate("Id", 5);
    }
    return spec.build();
  }

  private static Record randomRow(LakeTable lake, Random random) {
    Schema schema = lake.table().schema();
    Object[] values =
        schema.columns().stream()
            .map(field -> random.nextInt(6) == 0 ? null : randomValue(field, random))
            .toArray();
    return LakeTable.row(schema, values);
  }

  private static Object randomValue(Types.NestedField field, Random random) {
    return switch (field.type().typeId()) {
      case LONG -> (long) random.nextInt(20) - 10;
      case INTEGER -> random.nextInt(20) - 10;
      case FLOAT -> (float) NUMBERS[random.nextInt(NUMBERS.length)];
      case DOUBLE -> NUMBERS[random.nextInt(NUMBERS.length)];
      case DECIMAL -> BigDecimal.valueOf(random.nextInt(2_000) - 1_000L, 2);
      case STRING -> STRINGS.get(random.nextInt(STRINGS.size()));
      case DATE -> LocalDate.ofEpochDay(random.nextInt(1_000) - 500);
      case TIMESTAMP -> {
        LocalDateTime time =
            LocalDateTime.ofEpochSecond(random.nextInt(200_000) - 100_000, 0, ZoneOffset.UTC)
                .plusNanos(random.nextInt(2) * 999_999_000L);
        yield ((Types.TimestampType) field.type()).shouldAdjustToUTC()
            ? time.atOffset(ZoneOffset.UTC)
            : time;
      }
      default -> random.nextBoolean();
    };
  }

  private static Expression randomPredicate(Schema schema, Random random, int depth) {
    int kind = depth == 0 ? 9 : random.nextInt(10);
    return switch (kind) {
      case 0, 1, 2 ->
          Expressions.and(
              randomPredicate(schema, random, depth - 1),
              randomPredicate(schema, random, depth - 1));
      case 3 ->
          Expressions.or(
              randomPredicate(schema, random, depth - 1),
              randomPredicate(schema, random, depth - 1));
      case 4 -> Expressions.not(randomPredicate(schema, random, depth - 1));
      default -> randomLeaf(schema, random);
    };
  }

  private static Expression randomLeaf(Schema schema, Random random) {
    Types.NestedField field = schema.columns().get(random.nextInt(schema.columns().size()));
    String name = random.nextBoolean() ? field.name() : field.name().toUpperCase(Locale.ROOT);
    Operation[] operations = {
      Operation.IS_NULL, Operation.NOT_NULL, Operation.LT, Operation.LT_EQ, Operation.GT,
      Operation.GT_EQ, Operation.EQ, Operation.EQ, Operation.NOT_EQ, Operation.IN,
      Operation.NOT_IN, Operation.STARTS_WITH, Operation.NOT_STARTS_WITH
    };
    boolean text = field.type().typeId() == org.apache.iceberg.types.Type.TypeID.STRING;
    Operation operation = operations[random.nextInt(text ? operations.length : 11)];
    return switch (operation) {
      case IS_NULL, NOT_NULL -> Expressions.predicate(operation, name);
      case IN, NOT_IN -> {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
          values.add(randomLiteral(field, random));
        }
        yield Expressions.predicate(operation, name, values);
      }
      default -> Expressions.predicate(operation, name, randomLiteral(field, random));
    };
  }

  /** A literal that the analysis may come up with: of the column's type or a related one. */
  private static Object randomLiteral(Types.NestedField field, Random random) {
    Object value = randomValue(field, random);
    int form = random.nextInt(4);
    if (value instanceof Long number) {
      return form == 0 ? (Object) number.intValue() : number;
    }
    if (value instanceof Integer number) {
      return form == 0 ? (Object) number.longValue() : form == 1 ? Long.MAX_VALUE : number;
    }
    if (value instanceof Float || value instanceof Double) {
      double number = ((Number) value).doubleValue();
      if (Double.isNaN(number)) {
        return 1L;
      }
      return form == 0 ? (Object) (double) number : form == 1 ? 0.1 : form == 2 ? 0 : value;
    }
    if (value instanceof BigDecimal number) {
      return switch (form) {
        case 0 -> number.setScale(4);
        case 1 -> number.add(new BigDecimal("0.005"));
        case 2 -> number.intValue();
        default -> number;
      };
    }
    if (value instanceof LocalDate day) {
      return form == 0 ? (Object) day.toString() : (int) day.toEpochDay();
    }
    if (value instanceof OffsetDateTime time) {
      return form == 0
          ? (Object) time.toString()
          : time.toEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
    if (value instanceof LocalDateTime time) {
      return form == 0
          ? (Object) time.toString()
          : time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1_000;
    }
    return value;
  }

  private static int total(Map<String, List<Record>> rowsByFile) {
    return rowsByFile.values().stream().mapToInt(List::size).sum();
  }

  private static int readByIceberg(LakeTable lake) throws IOException {
    int rows = 0;
    try (CloseableIterable<Record> records = IcebergGenerics.read(lake.table()).build()) {
      for (Record ignored : records) {
        rows++;
      }
    }
    return rows;
  }
}
