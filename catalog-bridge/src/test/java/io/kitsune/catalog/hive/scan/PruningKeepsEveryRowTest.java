// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.files.FileLocation;
import io.kitsune.catalog.files.FolderContent.ListedFile;
import io.kitsune.catalog.files.FolderLister;
import io.kitsune.catalog.files.ParquetFooter;
import io.kitsune.catalog.files.ParquetFooters;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random predicates over random files and partitions, decided row by row by DuckDB: whatever is
 * pruned must hold no row that satisfies the predicate. The seed is fixed, so a failure repeats.
 */
class PruningKeepsEveryRowTest {
  private static final int FILES = 12;
  private static final int PREDICATES = 400;
  private static final long SEED = 20261122;

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("n", DataType.Simple.INT),
          Column.of("big", DataType.Simple.BIGINT),
          Column.of("word", DataType.Simple.STRING),
          Column.of("day", DataType.Simple.DATE),
          Column.of("price", new DataType.Decimal(9, 2)),
          Column.of("real", DataType.Simple.DOUBLE));

  private static final List<String> WORDS =
      List.of(
          "", "a", "ab", "abc", "b", "B", "ä", "z z", "%41", "01", "1", "\uD83D\uDE00", "\uFFFD");

  @TempDir private Path folder;

  @Test
  void prunedFilesHoldNoRowThatMatches() throws Exception {
    Random random = new Random(SEED);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        FolderLister lister = new FolderLister(Duration.ofSeconds(5))) {
      for (int i = 0; i < FILES; i++) {
        writeFile(statement, random, i);
      }
      ParquetFooters footers = new ParquetFooters();
      List<ListedFile> files = lister.list(new FileLocation.Local(folder)).files();
      assertThat(files).hasSize(FILES);
      int pruned = 0;
      for (int i = 0; i < PREDICATES; i++) {
        Predicate predicate = predicate(random, 3);
        FilePruning pruning = new FilePruning(table(), predicate.expression());
        for (ListedFile file : files) {
          if (!pruning.mayMatch((ParquetFooter) footers.read(file))) {
            pruned++;
            assertThat(matches(statement, file, predicate))
                .as("rows of %s where %s", file.path(), predicate.sql())
                .isZero();
          }
        }
      }
      assertThat(pruned).as("the test is about something").isGreaterThan(PREDICATES);
    }
  }

  @Test
  void prunedPartitionsDoNotMatch() throws Exception {
    Random random = new Random(SEED + 1);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      int pruned = 0;
      for (int i = 0; i < PREDICATES; i++) {
        Predicate predicate = predicate(random, 3);
        PartitionPruning pruning = new PartitionPruning(COLUMNS, predicate.expression());
        for (int j = 0; j < 20; j++) {
          List<String> values = new ArrayList<>();
          for (Column column : COLUMNS) {
            values.add(random.nextInt(5) == 0 ? null : text(random, column));
          }
          if (!pruning.mayMatch(values)) {
            pruned++;
            assertThat(matches(statement, values, predicate))
                .as("the partition %s where %s", values, predicate.sql())
                .isZero();
          }
        }
      }
      assertThat(pruned).as("the test is about something").isGreaterThan(PREDICATES);
    }
  }

  /** The same predicate for the pruning and for DuckDB. */
  private record Predicate(Expression expression, String sql) {}

  private static Predicate predicate(Random random, int depth) {
    if (depth > 0 && random.nextInt(2) == 0) {
      Predicate left = predicate(random, depth - 1);
      Predicate right = predicate(random, depth - 1);
      return switch (random.nextInt(3)) {
        case 0 ->
            new Predicate(
                Expressions.and(left.expression(), right.expression()),
                "(" + left.sql() + " AND " + right.sql() + ")");
        case 1 ->
            new Predicate(
                Expressions.or(left.expression(), right.expression()),
                "(" + left.sql() + " OR " + right.sql() + ")");
        default -> new Predicate(Expressions.not(left.expression()), "(NOT " + left.sql() + ")");
      };
    }
    Column column = COLUMNS.get(random.nextInt(COLUMNS.size()));
    String name = column.name();
    String text = text(random, column);
    Object literal = literal(text, column);
    String sql = sqlLiteral(text, column);
    return switch (random.nextInt(8)) {
      case 0 -> new Predicate(Expressions.equal(name, literal), name + " = " + sql);
      case 1 -> new Predicate(Expressions.notEqual(name, literal), name + " <> " + sql);
      case 2 -> new Predicate(Expressions.lessThan(name, literal), name + " < " + sql);
      case 3 -> new Predicate(Expressions.lessThanOrEqual(name, literal), name + " <= " + sql);
      case 4 -> new Predicate(Expressions.greaterThan(name, literal), name + " > " + sql);
      case 5 -> new Predicate(Expressions.isNull(name), name + " IS NULL");
      case 6 -> new Predicate(Expressions.notNull(name), name + " IS NOT NULL");
      default -> {
        String other = text(random, column);
        yield new Predicate(
            Expressions.in(name, literal, literal(other, column)),
            name + " IN (" + sql + ", " + sqlLiteral(other, column) + ")");
      }
    };
  }

  private static String text(Random random, Column column) {
    return switch (column.name()) {
      case "n" -> Integer.toString(random.nextInt(41) - 20);
      case "big" ->
          random.nextInt(10) == 0
              ? Long.toString(Long.MIN_VALUE + random.nextInt(3))
              : Long.toString(random.nextInt(41) - 20);
      case "word" -> WORDS.get(random.nextInt(WORDS.size()));
      case "day" -> "2024-01-%02d".formatted(1 + random.nextInt(28));
      case "price" -> "%d.%02d".formatted(random.nextInt(9) - 4, random.nextInt(100));
      default -> List.of("-1.5", "-0.0", "0.0", "0.5", "2.0", "NaN").get(random.nextInt(6));
    };
  }

  private static Object literal(String text, Column column) {
    return switch (column.name()) {
      case "n" -> Integer.valueOf(text);
      case "big" -> Long.valueOf(text);
      case "price" -> new BigDecimal(text);
      // Iceberg takes no NaN for a literal.
      case "real" -> text.equals("NaN") ? 7.0 : Double.parseDouble(text);
      default -> text;
    };
  }

  private static String sqlLiteral(String text, Column column) {
    String shown = column.name().equals("real") && text.equals("NaN") ? "7.0" : text;
    return "'%s'::%s".formatted(shown, duckDbType(column));
  }

  private static String duckDbType(Column column) {
    return column.type() == DataType.Simple.STRING ? "VARCHAR" : column.type().sql();
  }

  private void writeFile(Statement statement, Random random, int number) throws SQLException {
    List<String> rows = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      rows.add("SELECT " + values(random));
    }
    String nothing = "SELECT * FROM (SELECT " + values(random) + ") WHERE false";
    String query = count == 0 ? nothing : String.join(" UNION ALL ", rows);
    // Some files lack a column, as those do that were written before it was added.
    String columns = number % 4 == 3 ? "* EXCLUDE (n)" : "*";
    statement.execute(
        "COPY (SELECT %s FROM (%s)) TO '%s' (FORMAT parquet)"
            .formatted(columns, query, folder.resolve(number + ".parquet")));
  }

  private static String values(Random random) {
    List<String> values = new ArrayList<>();
    for (Column column : COLUMNS) {
      String value = random.nextInt(5) == 0 ? "NULL" : "'" + text(random, column) + "'";
      values.add("%s::%s AS %s".formatted(value, duckDbType(column), column.name()));
    }
    return String.join(", ", values);
  }

  private static int matches(Statement statement, ListedFile file, Predicate predicate)
      throws SQLException {
    boolean lacksColumn = Integer.parseInt(file.path().replaceAll(".*/|\\.parquet", "")) % 4 == 3;
    return count(
        statement,
        "SELECT count(*) FROM (SELECT *%s FROM read_parquet('%s')) WHERE %s"
            .formatted(lacksColumn ? ", NULL::INT AS n" : "", file.path(), predicate.sql()));
  }

  private static int matches(Statement statement, List<String> values, Predicate predicate)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      String value = values.get(i) == null ? "NULL" : "'" + values.get(i) + "'";
      Column column = COLUMNS.get(i);
      columns.add("%s::%s AS %s".formatted(value, duckDbType(column), column.name()));
    }
    return count(
        statement,
        "SELECT count(*) FROM (SELECT %s) WHERE %s"
            .formatted(String.join(", ", columns), predicate.sql()));
  }

  private static int count(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    }
  }

  private static HiveTable table() {
    return new HiveTable(
        TableName.of("spark_catalog", "db", "t"),
        COLUMNS,
        List.of(),
        HiveTable.FileFormat.PARQUET,
        "file:/t",
        HiveTable.Kind.EXTERNAL,
        Map.of(),
        "");
  }
}
