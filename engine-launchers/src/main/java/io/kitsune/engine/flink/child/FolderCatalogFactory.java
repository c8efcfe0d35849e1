// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink.child;

import java.nio.file.Path;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.factories.CatalogFactory;

/** Makes catalogs of the type {@code kitsune}. */
public final class FolderCatalogFactory implements CatalogFactory {
  private static final ConfigOption<String> FOLDER =
      ConfigOptions.key("folder").stringType().noDefaultValue();

  /** For Flink's service loader. */
  public FolderCatalogFactory() {}

  @Override
  public String factoryIdentifier() {
    return "kitsune";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(FOLDER);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public Catalog createCatalog(Context context) {
    return new FolderCatalog(context.getName(), Path.of(context.getOptions().get(FOLDER.key())));
  }
}
