// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.files;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;

/**
 * Reads footers of this machine's Parquet files, and keeps them by path, size and time of change,
 * up to a number of columns in all. Thread-safe.
 */
public final class ParquetFooters {
  /** About 50 MB of footers. */
  private static final long DEFAULT_COLUMNS = 200_000;

  private final Cache<FolderContent.ListedFile, ParquetFooter> cache;

  /** The files of a table mostly share one schema. */
  private final Interner<MessageType> schemas = Interner.newWeakInterner();

  /** Keeps up to a default number of columns. */
  public ParquetFooters() {
    this(DEFAULT_COLUMNS);
  }

  ParquetFooters(long columns) {
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(columns)
            .weigher(
                (FolderContent.ListedFile file, ParquetFooter footer) -> 1 + footer.leaves().size())
            .build();
  }

  /** What {@link #read} would return, if that needs no reading. */
  public Optional<ParquetFooter> kept(FolderContent.ListedFile file) {
    return Optional.ofNullable(cache.getIfPresent(file));
  }

  /** The footer of a file as it was listed. What cannot be read is tried again the next time. */
  public Footer read(FolderContent.ListedFile file) {
    ParquetFooter kept = cache.getIfPresent(file);
    if (kept != null) {
      return kept;
    }
    try {
      ParquetFooter footer = FooterReader.read(readMetadata(Path.of(file.path())), schemas);
      cache.put(file, footer);
      return footer;
    } catch (ParquetCryptoRuntimeException e) {
      return new Footer.Unreadable("encrypted");
    } catch (IOException e) {
      return new Footer.Unreadable(e.toString());
    } catch (RuntimeException e) {
      // What parquet-java throws at a file that is not Parquet, or is cut short.
      return new Footer.Unreadable("no Parquet footer: " + e.getMessage());
    }
  }

  private static ParquetMetadata readMetadata(Path path) throws IOException {
    LocalInputFile file = new LocalInputFile(path);
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (SeekableInputStream stream = file.newStream()) {
      return ParquetFileReader.readFooter(file, options, stream);
    }
  }
}
