// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * Footers by path, for files that never change. Files of a table mostly share a schema, which is
 * kept once. Thread-safe.
 */
final class LocalFooters implements FooterReader {
  private static final int MAXIMUM_FILES = 200_000;

  private final Cache<String, FileSchema> schemas =
      Caffeine.newBuilder().maximumSize(MAXIMUM_FILES).build();
  private final Interner<FileSchema> shared = Interner.newWeakInterner();
  private final ParquetReadOptions options =
      ParquetReadOptions.builder(new PlainParquetConfiguration())
          // Row groups and their statistics are not looked at.
          .withMetadataFilter(ParquetMetadataConverter.SKIP_ROW_GROUPS)
          .build();

  @Override
  public Optional<FileSchema> kept(String path) {
    return Optional.ofNullable(schemas.getIfPresent(path));
  }

  @Override
  public FileSchema read(String path) {
    return schemas.get(path, this::readFooter);
  }

  private FileSchema readFooter(String path) {
    InputFile file = new LocalInputFile(Path.of(path));
    try (SeekableInputStream stream = file.newStream()) {
      FileMetaData footer = ParquetFileReader.readFooter(file, options, stream).getFileMetaData();
      return shared.intern(
          new FileSchema(footer.getSchema(), legacyCalendar(footer.getKeyValueMetaData())));
    } catch (IOException e) {
      throw new UncheckedIOException("footer of " + path, e);
    }
  }

  /**
   * Spark's marks; Iceberg's own writers never leave them, files added to a table may have them.
   */
  private static boolean legacyCalendar(Map<String, String> keys) {
    return keys.containsKey("org.apache.spark.legacyDateTime")
        || keys.containsKey("org.apache.spark.legacyINT96")
        || (keys.containsKey("org.apache.spark.sql.parquet.row.metadata")
            && !keys.containsKey("org.apache.spark.version"));
  }
}
