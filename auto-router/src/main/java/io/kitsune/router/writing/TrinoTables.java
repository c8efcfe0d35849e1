// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.scan.HivePartition;
import io.kitsune.catalog.scan.ReadHazard;
import io.kitsune.catalog.scan.ReadHazard.Kind;
import io.kitsune.catalog.scan.ScanFile;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.router.analysis.Field;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.analysis.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.Snapshot;

/**
 * Writes tables by the names that Trino knows them by: an Iceberg table pinned to the snapshot of
 * its scan plan, a Hive table as it stands. A table whose files Trino is not known to read as Spark
 * does is refused, by the hazards of its plan.
 */
public final class TrinoTables implements TableWriter {
  /** Iceberg's format version up to which Trino 476 reads tables. */
  private static final int NEWEST_FORMAT = 2;

  private final TrinoCatalogNames catalogs;
  private final Map<Source.TableScan, ScanPlan> plans;
  private final Map<Source.TableScan, Set<String>> wanted;

  /**
   * A writer of the tables of one query.
   *
   * @param plans the plan of every scan
   * @param wanted the names of the columns that each scan must give
   */
  public TrinoTables(
      TrinoCatalogNames catalogs,
      Map<Source.TableScan, ScanPlan> plans,
      Map<Source.TableScan, Set<String>> wanted) {
    this.catalogs = catalogs;
    this.plans = new IdentityHashMap<>(plans);
    this.wanted = new IdentityHashMap<>(wanted);
  }

  @Override
  public String columnName(Source.TableScan scan, Field field) {
    return field.name();
  }

  @Override
  public String relation(Source.TableScan scan, Collection<Field> fields) {
    ScanPlan plan = plans.get(scan);
    TableName name = plan.table().name();
    for (String column : wanted.get(scan)) {
      if (column.indexOf('$') >= 0) {
        throw refused(name, "Trino has columns of its own like " + column + ".");
      }
    }
    if (plan instanceof ScanPlan.HiveFiles hive) {
      return hive(scan, hive);
    }
    return iceberg((ScanPlan.IcebergFiles) plan);
  }

  private String hive(Source.TableScan scan, ScanPlan.HiveFiles plan) {
    TableName name = plan.table().name();
    for (ReadHazard hazard : plan.hazards()) {
      // INT96 arrives as the other timestamps do.
      if (hazard.kind() != Kind.INT96_TIMESTAMP) {
        throw refused(name, hazard);
      }
    }
    for (HivePartition partition : plan.partitions()) {
      requireLocal(name, partition.files());
      requireSeen(name, partition.files());
      requireExactValues(plan, partition);
    }
    String table = name(name, catalogs.hive(name.catalog()));
    boolean instants =
        scan.fields().stream()
            .anyMatch(f -> f.type() == Simple.TIMESTAMP && wanted.get(scan).contains(f.name()));
    return instants ? "(SELECT " + items(scan) + " FROM " + table + ")" : table;
  }

  /** A Hive timestamp arrives as the wall clock in UTC. */
  private static String items(Source.TableScan scan) {
    List<String> items = new ArrayList<>();
    for (Field field : scan.fields()) {
      String column = Dialect.identifier(field.name());
      items.add(
          field.type() == Simple.TIMESTAMP
              ? "with_timezone(" + column + ", 'UTC') AS " + column
              : column);
    }
    return String.join(", ", items);
  }

  private String iceberg(ScanPlan.IcebergFiles plan) {
    IcebergTable table = plan.table();
    TableName name = table.name();
    if (table.formatVersion() > NEWEST_FORMAT) {
      throw refused(name, "Trino reads Iceberg tables up to format version 2.");
    }
    for (ReadHazard hazard : plan.hazards()) {
      if (hazard.kind() != Kind.DELETES) {
        throw refused(name, hazard);
      }
    }
    requireLocal(name, plan.files());
    String text = name(name, catalogs.iceberg(name.catalog()));
    OptionalLong snapshot = table.snapshotId();
    if (snapshot.isEmpty()) {
      return text;
    }
    requireSchemaOfSnapshot(table, snapshot.getAsLong());
    return text + " FOR VERSION AS OF " + snapshot.getAsLong();
  }

  /** Trino reads a version with the schema of that time, Spark the current one with today's. */
  private static void requireSchemaOfSnapshot(IcebergTable table, long id) {
    Snapshot snapshot = table.handle().snapshot(id);
    if (snapshot == null
        || snapshot.schemaId() == null
        || snapshot.schemaId() != table.schema().schemaId()) {
      throw refused(
          table.name(), "Its schema has changed since its last snapshot, which Trino would read.");
    }
  }

  private static void requireExactValues(ScanPlan.HiveFiles plan, HivePartition partition) {
    for (int i = 0; i < partition.values().size(); i++) {
      String value = partition.values().get(i);
      DataType type = plan.table().partitionColumns().get(i).type();
      if (value != null && !PlainValues.isExact(value, type)) {
        throw refused(
            plan.table().name(),
            "The partition value " + value + " is not plainly of type " + type.sql() + ".");
      }
    }
  }

  /** Trino leaves out every file whose name begins so, Spark not all of them. */
  private static void requireSeen(TableName name, List<ScanFile> files) {
    for (ScanFile file : files) {
      String own = file.path().substring(file.path().lastIndexOf('/') + 1);
      if (own.startsWith("_") || own.startsWith(".")) {
        throw refused(name, "Trino passes the file " + own + " over.");
      }
    }
  }

  private static void requireLocal(TableName name, List<ScanFile> files) {
    for (ScanFile file : files) {
      if (!file.path().startsWith("/")) {
        throw refused(name, "Its files are not on this machine: " + file.path());
      }
    }
  }

  private static String name(TableName name, Optional<String> catalog) {
    if (catalog.isEmpty()) {
      throw refused(name, "Trino has no catalog for the tables of " + name.catalog() + ".");
    }
    if (name.namespace().size() != 1) {
      throw refused(name, "Trino knows namespaces of one level.");
    }
    String schema = name.namespace().get(0);
    String table = name.table();
    // It resolves names in lower case and has tables of its own behind a dollar sign.
    for (String part : List.of(schema, table)) {
      if (!part.equals(part.toLowerCase(Locale.ENGLISH)) || part.indexOf('$') >= 0) {
        throw refused(name, "Trino would look for another name than " + part + ".");
      }
    }
    return String.join(
        ".",
        Dialect.identifier(catalog.get()),
        Dialect.identifier(schema),
        Dialect.identifier(table));
  }

  private static Refusal refused(TableName name, ReadHazard hazard) {
    return refused(
        name,
        "Its files are not read the same there ("
            + hazard.kind().name().toLowerCase(Locale.ROOT)
            + "): "
            + hazard.detail());
  }

  private static Refusal refused(TableName name, String reason) {
    return new Refusal(name.toString(), Place.NONE, reason);
  }
}
