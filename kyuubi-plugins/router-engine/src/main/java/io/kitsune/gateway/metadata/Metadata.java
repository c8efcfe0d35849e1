// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.metadata;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.Version;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.answer.Answer;
import io.kitsune.gateway.statement.Identifiers;
import io.kitsune.router.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JDBC's metadata calls, for one session.
 *
 * <p>A catalog is an exact name. Absent, it is every catalog, as JDBC has it; empty, it is the
 * session's current one, since the Hive driver's {@code getCatalog} is always empty and its tools
 * hand that on. Schemas and tables are patterns.
 */
public final class Metadata {
  private static final Logger LOG = LoggerFactory.getLogger(Metadata.class);

  private final Catalogs catalogs;
  private final SessionState state;

  /** Over the catalogs, for a session in that state. */
  public Metadata(Catalogs catalogs, SessionState state) {
    this.catalogs = requireNonNull(catalogs, "catalogs");
    this.state = requireNonNull(state, "state");
  }

  /** GetTypeInfo. */
  public Answer typeInfo() {
    return TypeInfo.answer();
  }

  /** GetCatalogs, by name. */
  public Answer catalogs() {
    return new Answer(
        Answer.strings("TABLE_CAT"), catalogs.names().stream().sorted().map(Answer::row).toList());
  }

  /** GetTableTypes. */
  public Answer tableTypes() {
    return new Answer(
        Answer.strings("TABLE_TYPE"),
        Stream.of(Catalog.Kind.values()).map(Enum::name).sorted().map(Answer::row).toList());
  }

  /** GetSchemas, by catalog and name. */
  public Answer schemas(Optional<String> catalog, Optional<String> schemaPattern) {
    List<List<Object>> rows = new ArrayList<>();
    forEachSchema(
        catalog,
        schemaPattern,
        schema -> rows.add(Answer.row(schema.name(), schema.catalog().name())));
    return new Answer(Answer.strings("TABLE_SCHEM", "TABLE_CATALOG"), rows);
  }

  /**
   * GetTables, by catalog, schema and name; without comments, which would mean to load every table.
   *
   * @param types of JDBC, in any case; none for all
   */
  public Answer tables(
      Optional<String> catalog,
      Optional<String> schemaPattern,
      Optional<String> tablePattern,
      List<String> types) {
    List<String> wanted = types.stream().map(type -> type.toUpperCase(Locale.ROOT)).toList();
    List<List<Object>> rows = new ArrayList<>();
    forEachTable(
        catalog,
        schemaPattern,
        tablePattern,
        (schema, entry) -> {
          if (wanted.isEmpty() || wanted.contains(entry.kind().name())) {
            rows.add(
                Answer.row(
                    schema.catalog().name(),
                    schema.name(),
                    entry.name(),
                    entry.kind().name(),
                    "",
                    null,
                    null,
                    null,
                    null,
                    null));
          }
        });
    return new Answer(
        Answer.strings(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "TABLE_TYPE",
            "REMARKS",
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "SELF_REFERENCING_COL_NAME",
            "REF_GENERATION"),
        rows);
  }

  /** GetColumns, by catalog, schema, table and position. */
  public Answer columns(
      Optional<String> catalog,
      Optional<String> schemaPattern,
      Optional<String> tablePattern,
      Optional<String> columnPattern) {
    Predicate<String> matches = SearchPattern.of(columnPattern);
    List<List<Object>> rows = new ArrayList<>();
    forEachTable(
        catalog,
        schemaPattern,
        tablePattern,
        (schema, entry) -> {
          List<Column> columns = load(schema, entry).map(Table::columns).orElse(List.of());
          for (int i = 0; i < columns.size(); i++) {
            if (matches.test(columns.get(i).name())) {
              rows.add(
                  ColumnRows.row(
                      schema.catalog().name(), schema.name(), entry.name(), columns.get(i), i + 1));
            }
          }
        });
    return new Answer(ColumnRows.COLUMNS, rows);
  }

  /** Empty if it has been dropped since it was listed, or cannot be read. */
  private static Optional<Table> load(Schema schema, Catalog.Entry entry) {
    try {
      return schema.catalog().load(schema.namespace(), entry.name(), new Version.Current());
    } catch (KitsuneException e) {
      LOG.warn(
          "GetColumns leaves out {}.{}.{}, which cannot be loaded: {}: {}",
          schema.catalog().name(),
          schema.name(),
          entry.name(),
          e.code(),
          e.getMessage());
      return Optional.empty();
    }
  }

  /** GetFunctions, by name: Spark's built-in ones, which are in no catalog and no schema. */
  public Answer functions(
      Optional<String> catalog, Optional<String> schemaPattern, Optional<String> namePattern) {
    return SparkFunctions.answer(catalog, schemaPattern, namePattern);
  }

  /** GetPrimaryKeys: none; tables of a lake have no keys. */
  public Answer primaryKeys() {
    List<Column> columns =
        new ArrayList<>(Answer.strings("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME"));
    columns.add(Column.of("KEY_SEQ", Simple.SMALLINT));
    columns.add(Column.of("PK_NAME", Simple.STRING));
    return new Answer(columns, List.of());
  }

  /** GetCrossReference: none. */
  public Answer crossReference() {
    List<Column> columns =
        new ArrayList<>(
            Answer.strings(
                "PKTABLE_CAT",
                "PKTABLE_SCHEM",
                "PKTABLE_NAME",
                "PKCOLUMN_NAME",
                "FKTABLE_CAT",
                "FKTABLE_SCHEM",
                "FKTABLE_NAME",
                "FKCOLUMN_NAME"));
    columns.add(Column.of("KEY_SEQ", Simple.SMALLINT));
    columns.add(Column.of("UPDATE_RULE", Simple.SMALLINT));
    columns.add(Column.of("DELETE_RULE", Simple.SMALLINT));
    columns.addAll(Answer.strings("FK_NAME", "PK_NAME"));
    columns.add(Column.of("DEFERRABILITY", Simple.SMALLINT));
    return new Answer(columns, List.of());
  }

  private record Schema(Catalog catalog, List<String> namespace) {
    String name() {
      return Identifiers.quoteWhereNeeded(namespace);
    }
  }

  private interface TableConsumer {
    void accept(Schema schema, Catalog.Entry entry);
  }

  private void forEachTable(
      Optional<String> catalog,
      Optional<String> schemaPattern,
      Optional<String> tablePattern,
      TableConsumer consumer) {
    Predicate<String> matches = SearchPattern.of(tablePattern);
    forEachSchema(
        catalog,
        schemaPattern,
        schema ->
            schema.catalog().list(schema.namespace()).stream()
                .filter(entry -> matches.test(entry.name()))
                .forEach(entry -> consumer.accept(schema, entry)));
  }

  private void forEachSchema(
      Optional<String> wanted, Optional<String> schemaPattern, Consumer<Schema> consumer) {
    Predicate<String> matches = SearchPattern.of(schemaPattern);
    if (wanted.isPresent()) {
      String name = wanted.get().isEmpty() ? state.currentCatalog() : wanted.get();
      catalogs.find(name).ifPresent(catalog -> forEachSchema(catalog, matches, consumer));
      return;
    }
    for (String name : catalogs.names().stream().sorted().toList()) {
      try {
        catalogs.find(name).ifPresent(catalog -> forEachSchema(catalog, matches, consumer));
      } catch (KitsuneException e) {
        // One catalog that is down must not hide the others from a tool that browses them all.
        LOG.warn("A metadata call leaves out catalog {}: {}: {}", name, e.code(), e.getMessage());
      }
    }
  }

  private static void forEachSchema(
      Catalog catalog, Predicate<String> matches, Consumer<Schema> consumer) {
    catalog.namespaces().stream()
        .map(namespace -> new Schema(catalog, namespace))
        .filter(schema -> matches.test(schema.name()))
        .forEach(consumer);
  }
}
