// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link Catalog} must do. Names are lower-case, so that no catalog changes them. */
public abstract class CatalogContract {
  protected static final Column ID = Column.of("id", DataType.Simple.BIGINT);
  protected static final Column LABEL = Column.of("label", DataType.Simple.STRING);

  /** The catalog under test, over one server for the whole class. */
  protected abstract Catalog catalog();

  /** Makes a namespace of one level on the server, not through the catalog. */
  protected abstract void createNamespace(String namespace);

  /** Makes an empty table on the server, not through the catalog. */
  protected abstract void createTable(String namespace, String table, List<Column> columns);

  /** Drops a table on the server, not through the catalog. */
  protected abstract void dropTable(String namespace, String table);

  @Test
  void namespacesAreSorted() {
    createNamespace("zebra");
    createNamespace("ant");

    List<List<String>> namespaces = catalog().namespaces();

    assertThat(namespaces).contains(List.of("ant"), List.of("zebra"));
    assertThat(namespaces.stream().map(n -> String.join(".", n))).isSorted();
    assertThat(catalog().namespaceProperties(List.of("ant"))).isPresent();
  }

  @Test
  void anUnknownNamespaceIsEmptyToAskForAndAnErrorToList() {
    assertThat(catalog().namespaceProperties(List.of("nowhere"))).isEmpty();
    assertThatThrownBy(() -> catalog().list(List.of("nowhere")))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining(catalog().name())
        .hasMessageContaining("nowhere")
        .extracting("code", "sqlState")
        .containsExactly("CATALOG_NAMESPACE_NOT_FOUND", "42704");
  }

  @Test
  void tablesAreListedInOrder() {
    createNamespace("listing");
    createTable("listing", "b_table", List.of(ID));
    createTable("listing", "a_table", List.of(ID));

    assertThat(catalog().list(List.of("listing")))
        .containsExactly(
            new Catalog.Entry("a_table", Catalog.Kind.TABLE),
            new Catalog.Entry("b_table", Catalog.Kind.TABLE));
  }

  @Test
  void anEmptyNamespaceHasNoTables() {
    createNamespace("empty");

    assertThat(catalog().list(List.of("empty"))).isEmpty();
  }

  @Test
  void whatDoesNotExistIsEmpty() {
    createNamespace("sparse");

    assertThat(load("sparse", "nothing")).isEmpty();
    assertThat(load("nowhere", "nothing")).isEmpty();
    assertThat(catalog().load(List.of("sparse", "deeper"), "nothing", new Version.Current()))
        .isEmpty();
  }

  @Test
  void aTableHasItsNameAndColumnsInOrder() {
    createNamespace("loading");
    createTable("loading", "two", List.of(LABEL, ID));

    Table table = load("loading", "two").orElseThrow();

    assertThat(table.name()).isEqualTo(TableName.of(catalog().name(), "loading", "two"));
    assertThat(table.columns()).extracting(Column::name).containsExactly("label", "id");
    assertThat(table.columns())
        .extracting(Column::type)
        .containsExactly(DataType.Simple.STRING, DataType.Simple.BIGINT);
  }

  @Test
  void aChangeBehindItsBackIsSeenAtOnce() {
    createNamespace("changing");
    createTable("changing", "t", List.of(ID));
    assertThat(load("changing", "t").orElseThrow().columns()).hasSize(1);

    dropTable("changing", "t");
    assertThat(load("changing", "t")).isEmpty();

    createTable("changing", "t", List.of(ID, LABEL));
    assertThat(load("changing", "t").orElseThrow().columns()).hasSize(2);
  }

  @Test
  void manyThreadsMayUseIt() throws Exception {
    createNamespace("busy");
    createTable("busy", "t", List.of(ID));
    Callable<Integer> work =
        () -> {
          int columns = 0;
          for (int i = 0; i < 20; i++) {
            columns += load("busy", "t").orElseThrow().columns().size();
          }
          return columns;
        };
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        results.add(threads.submit(work));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(20);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Optional<Table> load(String namespace, String table) {
    return catalog().load(List.of(namespace), table, new Version.Current());
  }
}
