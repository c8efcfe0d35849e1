// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.CatalogContract;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class IcebergRestCatalogContractTest extends CatalogContract {
  @TempDir static Path folder;
  private static RestCatalogServer server;
  private static IcebergRestCatalog catalog;

  @BeforeAll
  static void start() throws Exception {
    server = RestCatalogServer.start(folder);
    catalog = server.catalog(Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    catalog.close();
    server.close();
  }

  @Override
  protected Catalog catalog() {
    return catalog;
  }

  @Override
  protected void createNamespace(String namespace) {
    server.backend().createNamespace(Namespace.of(namespace));
  }

  @Override
  protected void createTable(String namespace, String table, List<Column> columns) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (Column column : columns) {
      Type type =
          column.type() == DataType.Simple.BIGINT ? Types.LongType.get() : Types.StringType.get();
      fields.add(Types.NestedField.optional(fields.size() + 1, column.name(), type));
    }
    server.backend().createTable(TableIdentifier.of(namespace, table), new Schema(fields));
  }

  @Override
  protected void dropTable(String namespace, String table) {
    server.backend().dropTable(TableIdentifier.of(namespace, table));
  }
}
