// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static org.apache.iceberg.expressions.Expressions.alwaysTrue;
import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.Catalog.Entry;
import io.kitsune.catalog.Catalog.Kind;
import io.kitsune.catalog.CatalogProperties;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.View;
import io.kitsune.catalog.iceberg.scan.IcebergScanPlanner;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.catalog.scan.ScanRequest;
import io.kitsune.error.KitsuneException;
import io.kitsune.secret.SecretReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IcebergRestCatalogTest {
  private static final Schema SCHEMA =
      new Schema(
          required(1, "id", Types.LongType.get()), optional(2, "Name", Types.StringType.get()));
  private static final Version CURRENT = new Version.Current();

  @TempDir Path folder;
  private RestCatalogServer server;
  private IcebergRestCatalog catalog;

  @BeforeEach
  void start() throws Exception {
    server = RestCatalogServer.start(folder);
    catalog = server.catalog(Map.of());
    server.backend().createNamespace(Namespace.of("sales"), Map.of("owner", "ann"));
  }

  @AfterEach
  void stop() throws Exception {
    catalog.close();
    server.close();
  }

  @Test
  void namespacesOfEveryLevelAreListed() {
    server.backend().createNamespace(Namespace.of("a"));
    server.backend().createNamespace(Namespace.of("a", "b"));
    server.backend().createNamespace(Namespace.of("a", "b", "c d"));

    assertThat(catalog.namespaces())
        .containsExactly(
            List.of("a"), List.of("a", "b"), List.of("a", "b", "c d"), List.of("sales"));
    assertThat(catalog.namespaceProperties(List.of("sales")))
        .hasValueSatisfying(properties -> assertThat(properties).containsEntry("owner", "ann"));
    assertThat(catalog.namespaceProperties(List.of("none"))).isEmpty();
  }

  @Test
  void tablesAndViewsAreListedByName() {
    newTable("sales", "orders");
    newView("sales", "big", "spark", "SELECT * FROM orders WHERE id > 10");

    assertThat(catalog.list(List.of("sales")))
        .containsExactly(new Entry("big", Kind.VIEW), new Entry("orders", Kind.TABLE));
    assertThatThrownBy(() -> catalog.list(List.of("none")))
        .satisfies(e -> assertThat(code(e)).isEqualTo("CATALOG_NAMESPACE_NOT_FOUND"));
  }

  @Test
  void aTableInADeepNamespaceIsLoadedByItsExactName() {
    server.backend().createNamespace(Namespace.of("a"));
    server.backend().createNamespace(Namespace.of("a", "b"));
    server.backend().createTable(TableIdentifier.of(Namespace.of("a", "b"), "T"), SCHEMA);

    Optional<Table> table = catalog.load(List.of("a", "b"), "T", CURRENT);

    assertThat(table)
        .hasValueSatisfying(
            t -> assertThat(t.name()).isEqualTo(new TableName("lake", List.of("a", "b"), "T")));
    assertThat(catalog.load(List.of("a", "b"), "t", CURRENT)).isEmpty();
    assertThat(catalog.load(List.of("a", "none"), "T", CURRENT)).isEmpty();
  }

  @Test
  void everyLoadSeesAnotherClientsCommit() {
    LakeTable lake = newTable("sales", "orders");
    lake.append(lake.row(1L, "a"));
    IcebergTable before = load("orders");
    lake.append(lake.row(2L, "b"));

    IcebergTable after = load("orders");

    assertThat(before.snapshotId()).isNotEqualTo(after.snapshotId());
    assertThat(after.snapshotId()).hasValue(lake.table().currentSnapshot().snapshotId());
    assertThat(
            catalog.load(
                List.of("sales"), "orders", new Version.Snapshot(before.snapshotId().getAsLong())))
        .map(t -> ((IcebergTable) t).snapshotId())
        .contains(before.snapshotId());
  }

  @Test
  void loadingTwiceSharesWhatWasRead() {
    newTable("sales", "orders");

    assertThat(load("orders").handle()).isSameAs(load("orders").handle());
  }

  @Test
  void aMetadataTableIsNoTableOfItsOwn() {
    newTable("sales", "orders");

    assertThat(catalog.load(List.of("sales", "orders"), "snapshots", CURRENT)).isEmpty();
  }

  @Test
  void aViewInSparksDialectIsRead() {
    newView("sales", "big", "spark", "SELECT id FROM orders");

    View view = (View) catalog.load(List.of("sales"), "big", CURRENT).orElseThrow();

    assertThat(view.text()).isEqualTo("SELECT id FROM orders");
    assertThat(view.origin()).isEqualTo(View.Origin.ICEBERG);
    assertThat(view.currentCatalog()).isEqualTo("lake");
    assertThat(view.currentNamespace()).containsExactly("sales");
    assertThat(view.queryColumns()).containsExactly("id", "n");
    assertThat(view.columns()).extracting("name").containsExactly("id", "Name");
    assertThatThrownBy(() -> catalog.load(List.of("sales"), "big", new Version.Snapshot(1)))
        .satisfies(e -> assertThat(code(e)).isEqualTo("CATALOG_TIME_TRAVEL_UNSUPPORTED"));
  }

  @Test
  void aViewInAnotherDialectIsAnErrorThatNamesIt() {
    newView("sales", "big", "trino", "SELECT id FROM orders");

    assertThatThrownBy(() -> catalog.load(List.of("sales"), "big", CURRENT))
        .satisfies(e -> assertThat(code(e)).isEqualTo("CATALOG_VIEW_UNREADABLE"))
        .hasMessageContaining("[trino]");
  }

  @ParameterizedTest
  @CsvSource({
    "401, CATALOG_NOT_AUTHENTICATED, 28000",
    "403, CATALOG_ACCESS_DENIED, 42501",
    "500, CATALOG_SERVER_FAILED, 58000",
    "503, CATALOG_SERVER_FAILED, 58000"
  })
  void refusalsAreErrorsThatNameTheServer(int status, String code, String sqlState) {
    newTable("sales", "orders");
    load("orders");
    server.answerStatus(status);

    assertThatThrownBy(() -> load("orders"))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.sqlState()).isEqualTo(sqlState);
            })
        .hasMessageContaining("catalog lake at " + server.uri())
        .hasMessageContaining("lake.sales.orders");
  }

  @Test
  void anAddressThatIsNoCatalogIsAnError() {
    server.answerStatus(404);

    assertThatThrownBy(() -> catalog.namespaces())
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("check that uri is right");
  }

  @Test
  void theTokenIsSentAndNeverShown() throws IOException {
    server.expectToken("s3cret");
    assertThatThrownBy(() -> catalog.namespaces())
        .satisfies(e -> assertThat(code(e)).isEqualTo("CATALOG_NOT_AUTHENTICATED"));
    Path token = Files.writeString(folder.resolve("token"), "s3cret\n");

    try (IcebergRestCatalog withToken = server.catalog(Map.of("token", "file:" + token))) {
      assertThat(withToken.namespaces()).contains(List.of("sales"));
    }
    try (IcebergRestCatalog withHeader =
        server.catalog(Map.of("header.Authorization", "file:" + token))) {
      assertThatThrownBy(() -> withHeader.namespaces())
          .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"));
    }
  }

  @Test
  void aTokenThatWasRenewedIsReadAgainAfterARefusal() throws IOException {
    server.expectToken("old");
    Path token = Files.writeString(folder.resolve("token"), "old");
    try (IcebergRestCatalog withToken = server.catalog(Map.of("token", "file:" + token))) {
      withToken.namespaces();
      server.expectToken("new");
      Files.writeString(token, "new");

      assertThatThrownBy(withToken::namespaces)
          .satisfies(e -> assertThat(code(e)).isEqualTo("CATALOG_NOT_AUTHENTICATED"));
      assertThat(withToken.namespaces()).contains(List.of("sales"));
    }
  }

  @Test
  void aCredentialInThePropertiesThemselvesIsRefused() {
    for (String key : List.of("token", "credential", "header.Authorization")) {
      assertThatThrownBy(() -> server.catalog(Map.of(key, "s3cret")))
          .satisfies(e -> assertThat(code(e)).isEqualTo("CONFIG_VALUE_INVALID"))
          .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"));
    }
    assertThatThrownBy(() -> server.catalog(Map.of("uri", "http://u:s3cret@host")))
        .satisfies(e -> assertThat(code(e)).isEqualTo("CONFIG_VALUE_INVALID"));
  }

  @Test
  void aServerThatDiesIsAClearErrorAndWorksAgainAfterItsRestart() throws Exception {
    LakeTable lake = newTable("sales", "orders");
    lake.append(lake.row(1L, "a"));
    load("orders");
    server.stop();

    Duration taken =
        timed(
            () ->
                assertThatThrownBy(() -> load("orders"))
                    .satisfies(e -> assertThat(code(e)).isEqualTo("CATALOG_UNREACHABLE"))
                    .hasMessageContaining(server.uri()));
    assertThat(taken).isLessThan(Duration.ofSeconds(30));

    server.start();
    assertThat(load("orders").snapshotId()).isPresent();
  }

  @Test
  void aServerThatIsDownAtTheStartIsAnErrorOfTheFirstCallOnly() throws Exception {
    newTable("sales", "orders");
    server.stop();
    assertThatThrownBy(() -> catalog.namespaces())
        .satisfies(e -> assertThat(code(e)).isEqualTo("CATALOG_UNREACHABLE"));

    server.start();
    assertThat(catalog.namespaces()).containsExactly(List.of("sales"));
  }

  @Test
  void aServerThatDoesNotAnswerIsAnErrorWithinTheTimeout() throws Throwable {
    CountDownLatch latch = new CountDownLatch(1);
    server.answerAfter(latch);
    try (IcebergRestCatalog impatient = server.catalog(Map.of("read-timeout", "200ms"))) {
      Duration taken =
          timed(
              () ->
                  assertThatThrownBy(impatient::namespaces)
                      .satisfies(e -> assertThat(code(e)).isEqualTo("CATALOG_TIMEOUT")));
      assertThat(taken).isLessThan(Duration.ofSeconds(30));
    } finally {
      latch.countDown();
    }
  }

  @Test
  void aServerThatAnswersByteByByteIsAnErrorWithinTheTimeout() {
    CountDownLatch latch = new CountDownLatch(1);
    server.trickleUntil(latch);
    try (IcebergRestCatalog impatient = server.catalog(Map.of("timeout", "300ms"))) {
      Duration taken =
          timed(
              () ->
                  assertThatThrownBy(impatient::namespaces)
                      .satisfies(e -> assertThat(code(e)).isEqualTo("CATALOG_TIMEOUT"))
                      .hasMessageContaining(server.uri()));
      assertThat(taken).isLessThan(Duration.ofSeconds(30));
    } finally {
      latch.countDown();
    }
  }

  @Test
  void aClosedCatalogSaysSo() {
    catalog.close();

    assertThatThrownBy(() -> catalog.namespaces())
        .satisfies(e -> assertThat(code(e)).isEqualTo("CATALOG_CLOSED"));
  }

  @Test
  void everyPropertyIsMapped() {
    Map<String, String> values =
        Map.ofEntries(
            Map.entry("uri", "https://host/api"),
            Map.entry("warehouse", "w"),
            Map.entry("prefix", "p"),
            Map.entry("scope", "s"),
            Map.entry("oauth2-server-uri", "https://o"),
            Map.entry("credential", "env:CREDENTIAL"),
            Map.entry("token", "env:TOKEN"),
            Map.entry("header.X-Team", "data"),
            Map.entry("header.Authorization", "env:HEADER"),
            Map.entry("connect-timeout", "1s"),
            Map.entry("read-timeout", "2s"),
            Map.entry("timeout", "4s"),
            Map.entry("retries", "3"),
            Map.entry("io.io-impl", "some.Class"),
            Map.entry("io-secret.s3.secret-access-key", "env:KEY"));

    RestSettings settings = RestSettings.read(new CatalogProperties("kitsune.catalog.x.", values));

    assertThat(settings.client())
        .containsEntry("uri", "https://host/api")
        .containsEntry("warehouse", "w")
        .containsEntry("prefix", "p")
        .containsEntry("scope", "s")
        .containsEntry("oauth2-server-uri", "https://o")
        .containsEntry("header.X-Team", "data")
        .containsEntry("rest.client.connection-timeout-ms", "1000")
        .containsEntry("rest.client.socket-timeout-ms", "2000")
        .containsEntry("rest.client.max-retries", "3")
        .containsEntry("io-impl", "some.Class");
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(settings.secrets())
        .containsEntry("credential", SecretReference.parse("env:CREDENTIAL"))
        .containsEntry("token", SecretReference.parse("env:TOKEN"))
        .containsEntry("header.Authorization", SecretReference.parse("env:HEADER"))
        .containsEntry("s3.secret-access-key", SecretReference.parse("env:KEY"));
  }

  @Test
  void defaultsAreBounded() {
    RestSettings settings =
        RestSettings.read(new CatalogProperties("kitsune.catalog.x.", Map.of("uri", "http://h")));

    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.readTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.timeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.client()).containsEntry("rest.client.max-retries", "1");
  }

  @Test
  void filesOfThisMachineAreReadOnlyWhereTheOperatorListedThem() {
    newTable("sales", "orders");

    try (IcebergRestCatalog unlisted = server.catalog(Map.of("allowed-locations", ""))) {
      assertThatThrownBy(() -> unlisted.load(List.of("sales"), "orders", CURRENT))
          .isInstanceOfSatisfying(
              KitsuneException.class, e -> assertThat(e.code()).isEqualTo(AllowedLocations.REFUSED))
          .hasMessageContaining(folder.resolve("warehouse").toString())
          .hasMessageContaining("kitsune.catalog.lake.allowed-locations");
    }
    assertThat(load("orders").snapshotId()).isEmpty();
  }

  @Test
  void aManifestListOutsideIsNotOpened() {
    TableIdentifier name = TableIdentifier.of("sales", "orders");
    LakeTable lake =
        LakeTable.of(
            server
                .backend()
                .buildTable(name, SCHEMA)
                .withProperty(TableProperties.WRITE_METADATA_LOCATION, folder + "/elsewhere")
                .create());
    lake.append(lake.row(1L, "a"));
    lake.table().updateProperties().remove(TableProperties.WRITE_METADATA_LOCATION).commit();

    try (IcebergRestCatalog catalog =
            server.catalog(Map.of("allowed-locations", folder + "/warehouse"));
        IcebergScanPlanner planner = new IcebergScanPlanner()) {
      assertRefused(planner, catalog, "/elsewhere/snap-");
    }
  }

  @Test
  void dataFilesAndDeleteFilesOutsideAreRefusedWhenAScanIsPlanned() {
    LakeTable lake = newTable("sales", "orders");
    DataFile inside = lake.append(lake.row(1L, "a"));
    PartitionSpec spec = PartitionSpec.unpartitioned();
    String warehouse = folder.resolve("warehouse").toString();

    try (IcebergRestCatalog catalog =
            server.catalog(Map.of("allowed-locations", "s3://elsewhere, " + warehouse));
        IcebergScanPlanner planner = new IcebergScanPlanner()) {
      assertThat(plan(planner, catalog).files()).hasSize(1);

      DeleteFile delete =
          FileMetadata.deleteFileBuilder(spec)
              .ofPositionDeletes()
              .withPath(folder + "/secret-deletes.parquet")
              .withFileSizeInBytes(10)
              .withRecordCount(1)
              .build();
      lake.table().newRowDelta().addDeletes(delete).commit();
      assertRefused(planner, catalog, "secret-deletes.parquet");

      lake.table().newDelete().deleteFile(inside).commit();
      for (String outside :
          List.of(
              folder + "/secret.parquet",
              "file:" + warehouse + "/../secret.parquet",
              "file://localhost/etc/secret.parquet",
              "http://169.254.169.254/secret.parquet")) {
        DataFile file = DataFiles.builder(spec).copy(inside).withPath(outside).build();
        lake.table().newOverwrite().overwriteByRowFilter(alwaysTrue()).addFile(file).commit();
        assertRefused(planner, catalog, outside);
      }
    }
  }

  private static void assertRefused(
      IcebergScanPlanner planner, IcebergRestCatalog catalog, String named) {
    assertThatThrownBy(() -> plan(planner, catalog))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo(AllowedLocations.REFUSED))
        .hasMessageContaining(named)
        .hasMessageContaining("kitsune.catalog.lake.allowed-locations");
  }

  private static ScanPlan.IcebergFiles plan(
      IcebergScanPlanner planner, IcebergRestCatalog catalog) {
    Table table = catalog.load(List.of("sales"), "orders", CURRENT).orElseThrow();
    return planner.plan(new ScanRequest(table, Set.of("id"), alwaysTrue()));
  }

  @Test
  void aFolderThatIsNoLocationIsRefused() {
    for (String wrong : List.of("warehouse", "file:/a/../b", "s3:bucket", "file:/a,,file:/b")) {
      assertThatThrownBy(() -> server.catalog(Map.of("allowed-locations", wrong)))
          .as(wrong)
          .hasMessageContaining("kitsune.catalog.lake.allowed-locations")
          .hasMessageContaining(wrong);
    }
  }

  private LakeTable newTable(String namespace, String table) {
    return LakeTable.of(server.backend().createTable(TableIdentifier.of(namespace, table), SCHEMA));
  }

  private void newView(String namespace, String view, String dialect, String sql) {
    server
        .backend()
        .buildView(TableIdentifier.of(namespace, view))
        .withSchema(SCHEMA)
        .withDefaultNamespace(Namespace.of(namespace))
        .withQuery(dialect, sql)
        .withProperty("spark.query-column-names", "id,n")
        .create();
  }

  private IcebergTable load(String table) {
    return (IcebergTable) catalog.load(List.of("sales"), table, CURRENT).orElseThrow();
  }

  private static String code(Throwable e) {
    return e instanceof KitsuneException known ? known.code() : e.toString();
  }

  private static Duration timed(Runnable work) {
    Instant start = Instant.now();
    work.run();
    return Duration.between(start, Instant.now());
  }
}
