// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.View;
import io.kitsune.error.KitsuneException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;

/** Turns the Metastore's Thrift objects into ours, by the rules with which Spark reads them. */
final class StoredTables {
  private StoredTables() {}

  /** A table whose files Hive or a Spark data source manages. */
  static HiveTable hiveTable(TableName name, Table stored) {
    Map<String, String> parameters = parameters(stored.getParameters());
    SparkProperties spark = new SparkProperties(parameters);
    List<Column> data = columns(descriptor(name, stored).getCols());
    List<Column> partitioned = columns(stored.getPartitionKeys());
    Optional<List<Column>> sparkSchema = spark.schema();
    if (sparkSchema.isPresent()) {
      List<String> partitionNames = spark.partitionColumns();
      List<Column> sparkData = new ArrayList<>();
      List<Column> sparkPartitioned = new ArrayList<>();
      for (Column column : sparkSchema.get()) {
        // Spark takes every column of a table over files to be nullable.
        Column nullable = new Column(column.name(), column.type(), true, column.comment());
        (partitionNames.contains(column.name()) ? sparkPartitioned : sparkData).add(nullable);
      }
      // Hive may have altered a table of its own kind since: then Spark's copy is out of date.
      boolean current =
          SchemaComparison.same(data, sparkData)
              && SchemaComparison.same(partitioned, sparkPartitioned);
      if (spark.dataSource().isPresent() || current) {
        data = sparkData;
        partitioned = sparkPartitioned;
      }
    }
    return new HiveTable(
        name,
        data,
        partitioned,
        format(name, spark, stored),
        location(name, spark, stored),
        isExternal(stored, parameters) ? HiveTable.Kind.EXTERNAL : HiveTable.Kind.MANAGED,
        parameters,
        stored.getOwner() == null ? "" : stored.getOwner());
  }

  /** A view of Spark's or Hive's. */
  static View view(TableName name, Table stored) {
    Map<String, String> parameters = parameters(stored.getParameters());
    SparkProperties spark = new SparkProperties(parameters);
    String text = stored.getViewExpandedText();
    if (text == null || text.isEmpty()) {
      text = stored.getViewOriginalText();
    }
    if (text == null) {
      throw unreadable(name, "the view has no text");
    }
    List<String> place = spark.viewCatalogAndNamespace();
    return new View(
        name,
        spark.schema().orElseGet(() -> columns(descriptor(name, stored).getCols())),
        text,
        spark.isSparkView() ? View.Origin.SPARK : View.Origin.HIVE,
        place.isEmpty() ? name.catalog() : place.get(0),
        // Names in the text that Hive stores are qualified with their database.
        place.size() < 2 ? name.namespace() : place.subList(1, place.size()),
        spark.viewQueryColumns(),
        spark.viewConfiguration());
  }

  static StoredPartition partition(HiveTable table, Partition stored) {
    List<String> values = new ArrayList<>();
    for (String value : stored.getValues()) {
      values.add(value.equals(HiveStorage.DEFAULT_PARTITION) ? null : value);
    }
    StorageDescriptor descriptor = stored.getSd();
    if (descriptor == null || descriptor.getLocation() == null) {
      throw unreadable(table.name(), "the partition %s has no location".formatted(values));
    }
    boolean dataSource = new SparkProperties(table.parameters()).dataSource().isPresent();
    return new StoredPartition(
        values,
        descriptor.getLocation(),
        // Spark reads every partition of its own tables with the table's format.
        dataSource ? table.format() : hiveFormat(descriptor),
        retyped(table, descriptor),
        parameters(stored.getParameters()));
  }

  private static List<String> retyped(HiveTable table, StorageDescriptor descriptor) {
    if (descriptor.getCols() == null) {
      return List.of();
    }
    Map<String, String> types = new HashMap<>();
    for (FieldSchema field : descriptor.getCols()) {
      types.put(field.getName().toLowerCase(Locale.ROOT), field.getType());
    }
    List<String> retyped = new ArrayList<>();
    for (Column column : table.dataColumns()) {
      String type = types.get(column.name().toLowerCase(Locale.ROOT));
      if (type != null && !type.equalsIgnoreCase(column.type().sql())) {
        retyped.add(column.name());
      }
    }
    return retyped;
  }

  private static boolean isExternal(Table stored, Map<String, String> parameters) {
    return "EXTERNAL_TABLE".equals(stored.getTableType())
        || "TRUE".equalsIgnoreCase(parameters.get("EXTERNAL"));
  }

  private static HiveTable.FileFormat format(TableName name, SparkProperties spark, Table stored) {
    return spark
        .dataSource()
        .map(
            source ->
                switch (source) {
                  case "parquet" -> HiveTable.FileFormat.PARQUET;
                  case "orc" -> HiveTable.FileFormat.ORC;
                  case "avro" -> HiveTable.FileFormat.AVRO;
                  // Spark's "text" is a column of whole lines, not Hive's delimited text.
                  default -> HiveTable.FileFormat.OTHER;
                })
        .orElseGet(() -> hiveFormat(descriptor(name, stored)));
  }

  private static HiveTable.FileFormat hiveFormat(StorageDescriptor descriptor) {
    String input = lowerCase(descriptor.getInputFormat());
    String serde =
        descriptor.getSerdeInfo() == null
            ? ""
            : lowerCase(descriptor.getSerdeInfo().getSerializationLib());
    if (input.endsWith("parquetinputformat") && serde.endsWith("parquethiveserde")) {
      return HiveTable.FileFormat.PARQUET;
    }
    if (input.endsWith("orcinputformat") && serde.endsWith("orcserde")) {
      return HiveTable.FileFormat.ORC;
    }
    if (input.endsWith("avrocontainerinputformat") && serde.endsWith("avroserde")) {
      return HiveTable.FileFormat.AVRO;
    }
    if (input.endsWith(".textinputformat") && serde.endsWith(".lazysimpleserde")) {
      return HiveTable.FileFormat.TEXT;
    }
    return HiveTable.FileFormat.OTHER;
  }

  private static String lowerCase(String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static String location(TableName name, SparkProperties spark, Table stored) {
    StorageDescriptor descriptor = descriptor(name, stored);
    if (spark.dataSource().isPresent()
        && descriptor.getSerdeInfo() != null
        && descriptor.getSerdeInfo().getParameters() != null) {
      String path = descriptor.getSerdeInfo().getParameters().get("path");
      if (path != null) {
        return path;
      }
    }
    return descriptor.getLocation() == null ? "" : descriptor.getLocation();
  }

  private static List<Column> columns(List<FieldSchema> fields) {
    List<Column> columns = new ArrayList<>();
    if (fields != null) {
      for (FieldSchema field : fields) {
        DataType type = DataType.parse(field.getType());
        String comment = field.getComment() == null ? "" : field.getComment();
        columns.add(new Column(field.getName(), type, true, comment));
      }
    }
    return columns;
  }

  private static StorageDescriptor descriptor(TableName name, Table stored) {
    if (stored.getSd() == null) {
      throw unreadable(name, "the Metastore keeps no storage descriptor");
    }
    return stored.getSd();
  }

  private static Map<String, String> parameters(Map<String, String> stored) {
    if (stored == null) {
      return Map.of();
    }
    Map<String, String> parameters = new HashMap<>(stored);
    parameters.values().removeIf(Objects::isNull);
    return parameters;
  }

  static KitsuneException unreadable(TableName name, String reason) {
    return new KitsuneException(
        "CATALOG_TABLE_UNREADABLE",
        "22000",
        "%s cannot be read: %s; see to its definition in the Metastore".formatted(name, reason));
  }
}
