// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import java.io.File;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Files;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Reads Iceberg's files: those of this machine directly, those of other stores through the
 * configured {@code io-impl}, or Hadoop's file systems without one. Writes nothing, since the
 * gateway never does. Thread-safe.
 *
 * <p>{@link #close} is what Iceberg calls when one of the tables that share this object goes out of
 * use, so it does nothing; its owner calls {@link #release}.
 */
final class ReadOnlyFileIO implements FileIO {
  private static final long serialVersionUID = 1L;
  private static final long MANIFEST_CACHE_BYTES = 64L << 20;

  private final Map<String, String> properties;
  private transient volatile FileIO remote;

  ReadOnlyFileIO(Map<String, String> properties) {
    Map<String, String> all = new HashMap<>();
    // Manifests never change; planning the same table again should not read them again.
    all.put(CatalogProperties.IO_MANIFEST_CACHE_ENABLED, "true");
    all.put(
        CatalogProperties.IO_MANIFEST_CACHE_MAX_TOTAL_BYTES, Long.toString(MANIFEST_CACHE_BYTES));
    all.putAll(properties);
    this.properties = Map.copyOf(all);
  }

  @Override
  public InputFile newInputFile(String location) {
    return LocalLocations.path(location)
        .map(path -> Files.localInput(new File(path)))
        .orElseGet(() -> remote().newInputFile(location));
  }

  @Override
  public InputFile newInputFile(String location, long length) {
    return LocalLocations.path(location).isPresent()
        ? newInputFile(location)
        : remote().newInputFile(location, length);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    throw new UnsupportedOperationException("the catalog bridge writes no files: " + location);
  }

  @Override
  public void deleteFile(String location) {
    throw new UnsupportedOperationException("the catalog bridge deletes no files: " + location);
  }

  @Override
  public Map<String, String> properties() {
    return properties;
  }

  /** Closes what was opened for other stores. */
  synchronized void release() {
    if (remote != null) {
      remote.close();
      remote = null;
    }
  }

  // Hadoop's configuration takes long to load, and a lake on local disks never needs it.
  private FileIO remote() {
    FileIO opened = remote;
    if (opened != null) {
      return opened;
    }
    synchronized (this) {
      if (remote == null) {
        remote =
            CatalogUtil.loadFileIO(
                properties.getOrDefault(
                    CatalogProperties.FILE_IO_IMPL, HadoopFileIO.class.getName()),
                properties,
                new Configuration());
      }
      return remote;
    }
  }
}
