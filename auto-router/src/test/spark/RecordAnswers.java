// SPDX-License-Identifier: Apache-2.0

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * Records Spark's answers. Arguments: the folder with {@code probes/*.sql}, the folder with the
 * data ({@code <table>.parquet}), then names of probe files if not all are wanted.
 */
final class RecordAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Queries of TPC-DS that are two. */
  private static final Set<Integer> TWINS = Set.of(14, 23, 24, 39);

  public static void main(String[] arguments) throws IOException {
    Path resources = Path.of(arguments[0]);
    Path data = Path.of(arguments[1]);
    Set<String> wanted = Set.of(Stream.of(arguments).skip(2).toArray(String[]::new));
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.warehouse.dir", data.resolveSibling("spark-warehouse").toString())
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    spark.sql("CREATE DATABASE tpcds");
    for (Path file : list(data, ".parquet")) {
      String name = file.getFileName().toString().replace(".parquet", "");
      String table = name.replace("tpcds_", "tpcds.");
      spark.catalog().createTable(table, file.toUri().toString(), "parquet");
    }
    Path answers = Files.createDirectories(resources.resolve("answers"));
    for (Path probes : list(resources.resolve("probes"), ".sql")) {
      String name = probes.getFileName().toString().replace(".sql", "");
      if (wanted.isEmpty() || wanted.contains(name)) {
        record(spark, statements(Files.readString(probes)), answers.resolve(name + ".json"));
      }
    }
    if (wanted.isEmpty() || wanted.contains("tpch")) {
      List<String> queries = new ArrayList<>();
      for (int i = 1; i <= 22; i++) {
        queries.add(resource("/tpch/q" + i + ".sql"));
      }
      record(spark, queries, answers.resolve("tpch.json"));
    }
    if (wanted.isEmpty() || wanted.contains("tpcds")) {
      spark.sql("USE tpcds");
      List<String> queries = new ArrayList<>();
      for (int number = 1; number <= 99; number++) {
        for (String variant : TWINS.contains(number) ? List.of("a", "b") : List.of("")) {
          queries.add(resource("/tpcds/q" + number + variant + ".sql"));
        }
      }
      record(spark, queries, answers.resolve("tpcds.json"));
    }
    spark.stop();
  }

  private static void record(SparkSession spark, List<String> statements, Path file)
      throws IOException {
    StringBuilder lines = new StringBuilder("[");
    for (String sql : statements) {
      lines.append(lines.length() == 1 ? "\n" : ",\n").append(answer(spark, sql));
    }
    Files.writeString(file, lines.append("\n]\n"));
    System.out.println(file + ": " + statements.size());
  }

  private static ObjectNode answer(SparkSession spark, String sql) {
    ObjectNode answer = JSON.createObjectNode().put("sql", sql);
    try {
      Dataset<Row> result = spark.sql(sql);
      ArrayNode columns = answer.putArray("columns");
      for (StructField field : result.schema().fields()) {
        columns
            .addArray()
            .add(field.name())
            .add(field.dataType().catalogString())
            .add(field.nullable());
      }
      ArrayNode rows = answer.putArray("rows");
      for (Row row : result.collectAsList()) {
        ArrayNode cells = rows.addArray();
        for (int i = 0; i < row.length(); i++) {
          cells.add(text(row.get(i)));
        }
      }
    } catch (Exception e) {
      answer.remove(List.of("columns", "rows"));
      answer.put("error", String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    return answer;
  }

  private static String text(Object value) {
    return value == null
        ? null
        : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static List<String> statements(String text) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.startsWith("--")) {
        continue;
      }
      statement.append(line).append('\n');
      if (line.endsWith(";")) {
        String sql = statement.toString().strip();
        statements.add(sql.substring(0, sql.length() - 1));
        statement.setLength(0);
      }
    }
    return statements;
  }

  private static List<Path> list(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = RecordAnswers.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
