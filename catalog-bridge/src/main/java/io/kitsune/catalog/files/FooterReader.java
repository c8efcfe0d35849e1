// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.files;

import com.github.benmanes.caffeine.cache.Interner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/** Reduces parquet-java's metadata to a {@link ParquetFooter}. */
final class FooterReader {
  private static final String SPARK_VERSION = "org.apache.spark.version";
  private static final String LEGACY_DATE_TIME = "org.apache.spark.legacyDateTime";
  private static final String LEGACY_INT96 = "org.apache.spark.legacyINT96";

  /** Codecs that only some readers know. */
  private static final Set<CompressionCodecName> ODD_CODECS =
      Set.of(CompressionCodecName.LZO, CompressionCodecName.LZ4, CompressionCodecName.BROTLI);

  private FooterReader() {}

  static ParquetFooter read(ParquetMetadata metadata, Interner<MessageType> schemas) {
    FileMetaData file = metadata.getFileMetaData();
    Map<List<String>, List<ColumnChunkMetaData>> chunks = new HashMap<>();
    Set<String> oddities = new HashSet<>();
    long rows = 0;
    for (BlockMetaData group : metadata.getBlocks()) {
      rows = Math.addExact(rows, group.getRowCount());
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (chunk.isEncrypted()) {
          throw new ParquetCryptoRuntimeException("an encrypted column");
        }
        chunks
            .computeIfAbsent(List.of(chunk.getPath().toArray()), path -> new ArrayList<>())
            .add(chunk);
        addOddities(chunk, oddities);
      }
    }
    Map<List<String>, ParquetFooter.Leaf> leaves = new HashMap<>();
    chunks.forEach((path, ofLeaf) -> leaves.put(path, leaf(ofLeaf)));
    return new ParquetFooter(
        schemas.intern(file.getSchema()), rows, leaves, writer(file), oddities);
  }

  private static ParquetFooter.SparkWriter writer(FileMetaData file) {
    Map<String, String> keys = file.getKeyValueMetaData();
    return new ParquetFooter.SparkWriter(
        keys.getOrDefault(SPARK_VERSION, ""),
        keys.containsKey(LEGACY_DATE_TIME),
        keys.containsKey(LEGACY_INT96));
  }

  private static void addOddities(ColumnChunkMetaData chunk, Set<String> oddities) {
    if (ODD_CODECS.contains(chunk.getCodec())) {
      oddities.add("codec " + chunk.getCodec());
    }
    // Spark 3.5's vectorised reader refuses it; other readers do not.
    if (chunk.getEncodings().contains(Encoding.BYTE_STREAM_SPLIT)) {
      oddities.add("encoding " + Encoding.BYTE_STREAM_SPLIT);
    }
  }

  private static ParquetFooter.Leaf leaf(List<ColumnChunkMetaData> chunks) {
    long bytes = 0;
    long values = 0;
    long nulls = 0;
    boolean nullsKnown = true;
    boolean boundsKnown = true;
    Statistics<?> merged = null;
    for (ColumnChunkMetaData chunk : chunks) {
      bytes = Math.addExact(bytes, chunk.getTotalSize());
      values = Math.addExact(values, chunk.getValueCount());
      Statistics<?> statistics = chunk.getStatistics();
      boolean hasNulls = statistics != null && statistics.isNumNullsSet();
      nullsKnown &= hasNulls;
      nulls += hasNulls ? statistics.getNumNulls() : 0;
      if (statistics != null && statistics.hasNonNullValue()) {
        if (merged == null) {
          merged = statistics.copy();
        } else {
          merged.mergeStatistics(statistics);
        }
      } else {
        boundsKnown &= hasNulls && statistics.getNumNulls() == chunk.getValueCount();
      }
    }
    List<Object> bounds =
        boundsKnown && merged != null
            ? List.of(merged.genericGetMin(), merged.genericGetMax())
            : List.of();
    return new ParquetFooter.Leaf(bytes, values, nullsKnown ? nulls : -1, bounds);
  }
}
