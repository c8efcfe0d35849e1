// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.catalog.scan.ReadHazard;
import io.kitsune.catalog.scan.ScanFile;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.router.analysis.Field;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.analysis.Source;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes tables as {@code read_parquet} over exactly the files of their scan plans, in the forms
 * that were measured to give Spark's values. A hazard of the plan that no form takes care of is
 * refused. Also collects the files that the query may open.
 */
public final class DuckDbTables implements TableWriter {
  private static final Set<String> READER_COLUMNS =
      Set.of("filename", "file_index", "file_row_number");

  /** A compressed row of a table of a few columns, where nothing better is known. */
  private static final int BYTES_OF_A_ROW = 64;

  private final Map<Source.TableScan, ScanPlan> plans;
  private final Map<Source.TableScan, Set<String>> wanted;
  private final Set<String> files = new LinkedHashSet<>();

  /**
   * A writer of the tables of one query.
   *
   * @param plans the plan of every scan
   * @param wanted the names of the columns that each scan must give
   */
  public DuckDbTables(
      Map<Source.TableScan, ScanPlan> plans, Map<Source.TableScan, Set<String>> wanted) {
    this.plans = new IdentityHashMap<>(plans);
    this.wanted = new IdentityHashMap<>(wanted);
  }

  /** Every file named so far: absolute paths, unescaped. */
  public Set<String> files() {
    return Collections.unmodifiableSet(files);
  }

  @Override
  public String columnName(Source.TableScan scan, Field field) {
    String name = field.name();
    return READER_COLUMNS.contains(name.toLowerCase(Locale.ROOT)) ? name + "_" : name;
  }

  @Override
  public String relation(Source.TableScan scan, Collection<Field> fields) {
    ScanPlan plan = plans.get(scan);
    plan.hazards().forEach(hazard -> requireHarmless(hazard, scan));
    List<ReadColumn> columns = columns(scan, plan.hazards());
    String text =
        plan instanceof ScanPlan.HiveFiles hive
            ? new HiveReads(hive, columns).relation()
            : new IcebergReads((ScanPlan.IcebergFiles) plan, columns).relation();
    noteFiles(plan);
    return text;
  }

  /**
   * A column to read and the name it gets.
   *
   * @param stored its name in the table
   * @param form how its values arrive
   */
  record ReadColumn(String stored, String name, DataType type, Form form) {
    /** How the values of a column stand in the files. */
    enum Form {
      AS_TYPED,
      /** Timestamps as INT96: they arrive as wall clock in UTC. */
      INT96
    }

    /** A column that is in no file, for reads that only count rows. */
    static final ReadColumn IN_NO_FILE =
        new ReadColumn("kitsune: no such column", "no such column", Simple.TINYINT, Form.AS_TYPED);

    /** By its id: larger than any that Iceberg gives to a column of a table. */
    static final int ID_IN_NO_FILE = Integer.MAX_VALUE;

    /** The type that the reader is asked for. */
    String readType() {
      return form == Form.INT96 ? "TIMESTAMP" : sqlType();
    }

    /** The column with its own name, in its own type, of what was read. */
    String item() {
      String quoted = DuckDbText.identifier(name);
      return form == Form.INT96 ? "(" + quoted + " AT TIME ZONE 'UTC') AS " + quoted : quoted;
    }

    String sqlType() {
      return DuckDbText.type(type, Place.NONE);
    }

    String none() {
      return "CAST(NULL AS " + sqlType() + ") AS " + DuckDbText.identifier(name);
    }
  }

  private List<ReadColumn> columns(Source.TableScan scan, List<ReadHazard> hazards) {
    Set<String> names = wanted.get(scan);
    return scan.fields().stream()
        .filter(field -> names.contains(field.name()))
        .map(
            field ->
                new ReadColumn(
                    field.name(), columnName(scan, field), field.type(), form(field, hazards)))
        .toList();
  }

  private static ReadColumn.Form form(Field field, List<ReadHazard> hazards) {
    return hazards.stream()
            .anyMatch(
                hazard ->
                    hazard.kind() == ReadHazard.Kind.INT96_TIMESTAMP
                        && hazard.column().equalsIgnoreCase(field.name()))
        ? ReadColumn.Form.INT96
        : ReadColumn.Form.AS_TYPED;
  }

  private void noteFiles(ScanPlan plan) {
    for (ScanFile file : files(plan)) {
      if (!file.path().startsWith("/")) {
        throw new Refusal(
            plan.table().name().toString(),
            Place.NONE,
            "Its files are not on this machine: " + file.path());
      }
      files.add(file.path());
    }
  }

  private static void requireHarmless(ReadHazard hazard, Source.TableScan scan) {
    // INT96 in every file has a form of its own; a mixture is another kind of hazard. The reader is
    // given the table's types, and files of others are a hazard of their own.
    if (hazard.kind() != ReadHazard.Kind.INT96_TIMESTAMP
        && hazard.kind() != ReadHazard.Kind.PARTITION_TYPE) {
      throw new Refusal(
          scan.table().name().toString(),
          Place.NONE,
          "Its files are not read the same there ("
              + hazard.kind().name().toLowerCase(Locale.ROOT)
              + "): "
              + hazard.detail());
    }
  }

  /** {@code SELECT NULL … WHERE false}, for a table without files. */
  static String empty(List<ReadColumn> columns) {
    String items =
        columns.isEmpty()
            ? "1 AS \"none\""
            : String.join(", ", columns.stream().map(ReadColumn::none).toList());
    return "(SELECT " + items + " WHERE false)";
  }

  /**
   * {@code read_parquet} with a schema of its own. With one, DuckDB opens no file to bind and takes
   * the relation for empty when it orders joins: it is told the rows, which changes no answer.
   */
  static String read(ScanPlan plan, List<ScanFile> files, List<String> schemaEntries) {
    List<String> paths = files.stream().map(file -> DuckDbText.path(file.path())).toList();
    return "read_parquet(["
        + String.join(", ", paths)
        + "], hive_partitioning=false, explicit_cardinality="
        + rows(plan, files)
        + ", schema=MAP{"
        + String.join(", ", schemaEntries)
        + "})";
  }

  /** The plan's rows by the files' share of its bytes; a guess by their bytes if it knows none. */
  private static long rows(ScanPlan plan, List<ScanFile> files) {
    double bytes = bytes(files);
    double share = bytes / Math.max(1, bytes(files(plan)));
    OptionalLong known = plan.estimate().rows();
    double rows = known.isPresent() ? known.getAsLong() * share : bytes / BYTES_OF_A_ROW;
    return Math.max(1, Math.round(rows));
  }

  private static double bytes(List<ScanFile> files) {
    return files.stream().mapToLong(ScanFile::bytes).sum();
  }

  private static List<ScanFile> files(ScanPlan plan) {
    return plan instanceof ScanPlan.HiveFiles hive
        ? hive.partitions().stream().flatMap(each -> each.files().stream()).toList()
        : ((ScanPlan.IcebergFiles) plan).files();
  }

  /** An entry of the schema: how one column of the result is found and typed. */
  static String schemaEntry(String key, ReadColumn column) {
    return key
        + ": {name: "
        + DuckDbText.string(column.name())
        + ", type: "
        + DuckDbText.string(column.readType())
        + ", default_value: NULL}";
  }
}
