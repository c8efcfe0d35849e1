// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;

/** A table on this machine's disk, written with Iceberg's own writers. */
public final class LakeTable {
  public static final TableName NAME = TableName.of("lake", "sales", "orders");

  private final Table table;

  private LakeTable(Table table) {
    this.table = requireNonNull(table, "table");
  }

  /** Wraps a table that a catalog made. */
  public static LakeTable of(Table table) {
    return new LakeTable(table);
  }

  /** A new empty table of a format version. */
  public static LakeTable create(
      Path folder, int formatVersion, Schema schema, PartitionSpec spec) {
    return new LakeTable(
        new HadoopTables(new Configuration())
            .create(
                schema,
                spec,
                SortOrder.unsorted(),
                Map.of(TableProperties.FORMAT_VERSION, Integer.toString(formatVersion)),
                folder.resolve("t" + UUID.randomUUID()).toString()));
  }

  public Table table() {
    table.refresh();
    return table;
  }

  public String metadataLocation() {
    return ((BaseTable) table()).operations().current().metadataFileLocation();
  }

  /** As the bridge sees it now. */
  public IcebergTable load(IcebergMetadata metadata, Version version) {
    return metadata.load(NAME, metadataLocation(), version);
  }

  /** A record of the current schema with its values in order. */
  public Record row(Object... values) {
    return row(table().schema(), values);
  }

  /** A record of a schema with its values in order. */
  public static Record row(Schema schema, Object... values) {
    GenericRecord record = GenericRecord.create(schema);
    for (int i = 0; i < values.length; i++) {
      record.set(i, values[i]);
    }
    return record;
  }

  /** Appends one file of rows, all of one partition, in a commit of its own. */
  public DataFile append(Record... rows) {
    DataFile file = write(List.of(rows));
    table.newAppend().appendFile(file).commit();
    return file;
  }

  /** Appends rows in as many files as they have partitions, in one commit. */
  public Map<DataFile, List<Record>> appendByPartition(List<Record> rows) {
    Map<PartitionKey, List<Record>> groups = new HashMap<>();
    rows.forEach(
        row -> groups.computeIfAbsent(partitionOf(row), key -> new ArrayList<>()).add(row));
    Map<DataFile, List<Record>> files = new HashMap<>();
    AppendFiles append = table.newAppend();
    for (List<Record> group : groups.values()) {
      DataFile file = write(group);
      append.appendFile(file);
      files.put(file, group);
    }
    append.commit();
    return files;
  }

  /** As {@link #append}, to a branch. */
  public DataFile appendToBranch(String branch, Record... rows) {
    DataFile file = write(List.of(rows));
    table.newAppend().appendFile(file).toBranch(branch).commit();
    return file;
  }

  /** Writes a data file without committing it. */
  public DataFile write(List<Record> rows) {
    Schema schema = table().schema();
    PartitionKey key = partitionOf(rows.get(0));
    try (DataWriter<Record> writer =
        Parquet.writeData(factory().newOutputFile(table.spec(), key).encryptingOutputFile())
            .forTable(table)
            .withSpec(table.spec())
            .withPartition(key)
            .schema(schema)
            .metricsConfig(MetricsConfig.forTable(table))
            .createWriterFunc(GenericParquetWriter::create)
            .overwrite()
            .build()) {
      rows.forEach(writer::write);
      writer.close();
      return writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes rows of a file by position (format version 2). */
  public void deletePositions(DataFile file, long... positions) {
    try (PositionDeleteWriter<Record> writer =
        Parquet.writeDeletes(
                factory().newOutputFile(table.spec(), file.partition()).encryptingOutputFile())
            .withSpec(table.spec())
            .withPartition(file.partition())
            .overwrite()
            .buildPositionWriter()) {
      for (long position : positions) {
        writer.write(PositionDelete.<Record>create().set(file.location(), position));
      }
      writer.close();
      commit(writer.toDeleteFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes rows of a file with a deletion vector (format version 3). */
  public void deleteWithVector(DataFile file, long... positions) {
    OutputFileFactory factory =
        OutputFileFactory.builderFor(table, 1, 1).format(FileFormat.PUFFIN).build();
    BaseDVFileWriter writer = new BaseDVFileWriter(factory, path -> null);
    try (writer) {
      for (long position : positions) {
        writer.delete(file.location(), position, table.spec(), file.partition());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    writer.result().deleteFiles().forEach(this::commit);
  }

  /** Deletes every row that equals the given one in the given columns. */
  public void deleteEqual(Record row, String... columns) {
    Schema projected = table().schema().select(columns);
    int[] ids = projected.columns().stream().mapToInt(field -> field.fieldId()).toArray();
    GenericRecord key = GenericRecord.create(projected);
    for (int i = 0; i < columns.length; i++) {
      key.setField(columns[i], row.getField(columns[i]));
    }
    PartitionKey partition = partitionOf(row);
    try (EqualityDeleteWriter<Record> writer =
        Parquet.writeDeletes(
                factory().newOutputFile(table.spec(), partition).encryptingOutputFile())
            .forTable(table)
            .withSpec(table.spec())
            .withPartition(partition)
            .rowSchema(projected)
            .createWriterFunc(GenericParquetWriter::create)
            .equalityFieldIds(ids)
            .overwrite()
            .buildEqualityWriter()) {
      writer.write(key);
      writer.close();
      commit(writer.toDeleteFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void commit(DeleteFile file) {
    table.newRowDelta().addDeletes(file).commit();
  }

  private PartitionKey partitionOf(Record row) {
    PartitionKey key = new PartitionKey(table.spec(), table.schema());
    key.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(row));
    return key;
  }

  private OutputFileFactory factory() {
    return OutputFileFactory.builderFor(table, 1, 1).format(FileFormat.PARQUET).build();
  }
}
