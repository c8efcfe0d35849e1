// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import io.kitsune.catalog.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.GetTableRequest;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;

/** Makes databases, tables and partitions in a {@link MetastoreServer}, as Hive would. */
public final class MetastoreTables {
  private final MetastoreServer server;

  /** Makes them in that server. */
  public MetastoreTables(MetastoreServer server) {
    this.server = server;
  }

  /** A database in the warehouse; nothing if there is one of that name. */
  public void createDatabase(String name) {
    server.call(
        metastore -> {
          if (!metastore.get_all_databases().contains(name)) {
            metastore.create_database(
                new Database(
                    name, "", "file:" + server.warehouse() + "/" + name + ".db", Map.of()));
          }
          return null;
        });
  }

  /**
   * An external Parquet table.
   *
   * @param location in Hadoop's form of a path, outside the warehouse
   */
  public void createParquet(
      String database,
      String table,
      List<Column> columns,
      List<Column> partitionColumns,
      String location) {
    create(parquet(database, table, columns, partitionColumns, location));
  }

  /** Makes a table as it is described. */
  public void create(Table table) {
    server.call(
        metastore -> {
          metastore.create_table(table);
          return null;
        });
  }

  /** The description of an external Parquet table, to be changed before {@link #create}. */
  public static Table parquet(
      String database,
      String table,
      List<Column> columns,
      List<Column> partitionColumns,
      String location) {
    Table description = new Table();
    description.setDbName(database);
    description.setTableName(table);
    description.setOwner("kitsune");
    description.setTableType("EXTERNAL_TABLE");
    description.setParameters(new HashMap<>(Map.of("EXTERNAL", "TRUE")));
    description.setPartitionKeys(fields(partitionColumns));
    description.setSd(parquetStorage(fields(columns), location));
    return description;
  }

  /** Adds a partition with its own folder. */
  public void addPartition(String database, String table, List<String> values, String location) {
    addPartition(database, table, values, location, cols -> {});
  }

  /** As the other, the partition's own description of the columns changed. */
  public void addPartition(
      String database,
      String table,
      List<String> values,
      String location,
      Consumer<List<FieldSchema>> change) {
    server.call(
        metastore -> {
          Table stored = metastore.get_table_req(new GetTableRequest(database, table)).getTable();
          Partition partition = new Partition();
          partition.setDbName(database);
          partition.setTableName(table);
          partition.setValues(values);
          partition.setParameters(new HashMap<>());
          StorageDescriptor descriptor = stored.getSd().deepCopy();
          descriptor.setLocation(location);
          change.accept(descriptor.getCols());
          partition.setSd(descriptor);
          metastore.add_partition(partition);
          return null;
        });
  }

  /** Drops a table and leaves its files. */
  public void drop(String database, String table) {
    server.call(
        metastore -> {
          metastore.drop_table(database, table, false);
          return null;
        });
  }

  private static StorageDescriptor parquetStorage(List<FieldSchema> fields, String location) {
    SerDeInfo serde = new SerDeInfo();
    serde.setSerializationLib("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe");
    serde.setParameters(new HashMap<>());
    StorageDescriptor descriptor = new StorageDescriptor();
    descriptor.setCols(fields);
    descriptor.setLocation(location);
    descriptor.setInputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat");
    descriptor.setOutputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat");
    descriptor.setSerdeInfo(serde);
    descriptor.setBucketCols(new ArrayList<>());
    descriptor.setSortCols(new ArrayList<>());
    descriptor.setParameters(new HashMap<>());
    return descriptor;
  }

  private static List<FieldSchema> fields(List<Column> columns) {
    List<FieldSchema> fields = new ArrayList<>();
    for (Column column : columns) {
      fields.add(new FieldSchema(column.name(), column.type().sql(), column.comment()));
    }
    return fields;
  }
}
