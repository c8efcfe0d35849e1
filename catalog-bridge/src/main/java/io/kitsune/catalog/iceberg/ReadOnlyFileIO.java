// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.lang.ref.Cleaner;
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
 * <p>Tables share one such object, and Iceberg calls {@link #close} when any of them goes out of
 * use, so that does nothing. What was opened is closed when the last table is gone, or by {@link
 * #release}.
 */
final class ReadOnlyFileIO implements FileIO {
  private static final long serialVersionUID = 1L;
  private static final long MANIFEST_CACHE_BYTES = 64L << 20;
  private static final Cleaner CLEANER = Cleaner.create();

  private final Map<String, String> properties;
  private final transient AllowedLocations allowed;
  private final transient OtherStores otherStores;

  /**
   * @param allowed what may be read; anything else is an error before it is opened
   */
  ReadOnlyFileIO(Map<String, String> properties, AllowedLocations allowed) {
    this.allowed = requireNonNull(allowed, "allowed");
    Map<String, String> all = new HashMap<>();
    // Manifests never change; planning the same table again should not read them again.
    all.put(CatalogProperties.IO_MANIFEST_CACHE_ENABLED, "true");
    all.put(
        CatalogProperties.IO_MANIFEST_CACHE_MAX_TOTAL_BYTES, Long.toString(MANIFEST_CACHE_BYTES));
    all.putAll(properties);
    this.properties = Map.copyOf(all);
    this.otherStores = new OtherStores(this.properties);
    CLEANER.register(this, otherStores);
  }

  @Override
  public InputFile newInputFile(String location) {
    allowed.require(location);
    return LocalLocations.path(location)
        .map(path -> Files.localInput(new File(path)))
        .orElseGet(() -> otherStores.open().newInputFile(location));
  }

  @Override
  public InputFile newInputFile(String location, long length) {
    allowed.require(location);
    return LocalLocations.path(location).isPresent()
        ? newInputFile(location)
        : otherStores.open().newInputFile(location, length);
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

  AllowedLocations allowed() {
    return allowed;
  }

  /** Closes what was opened for other stores. */
  void release() {
    otherStores.run();
  }

  /** Knows nothing of the object that owns it, so that the cleaner can see that one go. */
  private static final class OtherStores implements Runnable {
    private final Map<String, String> properties;
    private FileIO opened;

    OtherStores(Map<String, String> properties) {
      this.properties = properties;
    }

    // Hadoop's configuration takes long to load, and a lake on local disks never needs it.
    synchronized FileIO open() {
      if (opened == null) {
        opened =
            CatalogUtil.loadFileIO(
                properties.getOrDefault(
                    CatalogProperties.FILE_IO_IMPL, HadoopFileIO.class.getName()),
                properties,
                new Configuration());
      }
      return opened;
    }

    @Override
    public synchronized void run() {
      if (opened != null) {
        opened.close();
        opened = null;
      }
    }
  }
}
