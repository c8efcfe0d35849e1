// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * A Parquet file for a test, written with parquet-java in exactly the physical schema and with
 * exactly the footer keys that the test wants.
 */
public final class ParquetTestFile {
  private final MessageType schema;
  private final Map<String, String> footer = new LinkedHashMap<>();
  private final List<Consumer<Group>> rows = new ArrayList<>();

  private ParquetTestFile(MessageType schema) {
    this.schema = schema;
  }

  /** A file without rows, of fields such as {@code optional int32 a (DATE);}. */
  public static ParquetTestFile of(String fields) {
    return new ParquetTestFile(MessageTypeParser.parseMessageType("message m { " + fields + " }"));
  }

  /** Adds a footer key. */
  public ParquetTestFile footer(String key, String value) {
    footer.put(key, value);
    return this;
  }

  /** Says that Spark 3.5.4 wrote the file, in today's calendar. */
  public ParquetTestFile bySpark() {
    return footer("org.apache.spark.version", "3.5.4");
  }

  /** Adds a row. */
  public ParquetTestFile row(Consumer<Group> row) {
    rows.add(row);
    return this;
  }

  /** Writes it, and the folders above it. */
  public Path write(Path path) {
    try {
      Files.createDirectories(path.getParent());
      try (ParquetWriter<Group> writer =
          ExampleParquetWriter.builder(new LocalOutputFile(path))
              .withType(schema)
              .withExtraMetaData(footer)
              .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
              .build()) {
        for (Consumer<Group> row : rows) {
          Group group = new SimpleGroupFactory(schema).newGroup();
          row.accept(group);
          writer.write(group);
        }
      }
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
