// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;

/** Names for an editor's completion, from the catalogs; no engine is asked. */
final class CatalogRoutes {
  private static final String CATALOGS = "/catalogs";
  private static final String SCHEMAS = CATALOGS + "/{catalog}/schemas";
  private static final String TABLES = SCHEMAS + "/{schema}/tables";
  private static final String COLUMNS = TABLES + "/{table}/columns";
  private static final int USUAL = 1_000;
  private static final int MOST = 10_000;

  private final Catalogs catalogs;

  CatalogRoutes(Catalogs catalogs) {
    this.catalogs = catalogs;
  }

  List<Route> routes() {
    return List.of(
        Route.get(CATALOGS, this::catalogs),
        Route.get(SCHEMAS, this::schemas),
        Route.get(TABLES, this::tables),
        Route.get(COLUMNS, this::columns));
  }

  private void catalogs(Context context) {
    list(
        context,
        "catalogs",
        catalogs.names(),
        name -> name,
        (name, json) -> json.put("name", name));
  }

  private void schemas(Context context) {
    Catalog catalog = catalog(context);
    list(
        context,
        "schemas",
        catalog.namespaces(),
        Schemas::name,
        (namespace, json) -> json.put("name", Schemas.name(namespace)));
  }

  private void tables(Context context) {
    Catalog catalog = catalog(context);
    list(
        context,
        "tables",
        catalog.list(schema(catalog, context)),
        Catalog.Entry::name,
        (entry, json) -> {
          json.put("name", entry.name());
          json.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
        });
  }

  private void columns(Context context) {
    Query.of(context.queryString(), Set.of());
    Catalog catalog = catalog(context);
    String name = context.pathParam("table");
    Table table =
        catalog
            .load(schema(catalog, context), name, new Version.Current())
            .orElseThrow(
                () ->
                    Problem.notFound(
                        "TABLE_OR_VIEW_NOT_FOUND",
                        "There is no table or view '%s' in schema '%s' of catalog '%s'."
                            .formatted(name, context.pathParam("schema"), catalog.name())));
    ObjectNode answer = Json.object();
    ArrayNode array = answer.putArray("columns");
    table.columns().forEach(column -> array.add(column(column)));
    Answers.json(context, HttpStatus.OK_200, answer);
  }

  private static ObjectNode column(Column column) {
    ObjectNode json = Json.object();
    json.put("name", column.name());
    json.put("type", column.type().sql());
    json.put("nullable", column.nullable());
    if (!column.comment().isEmpty()) {
      json.put("comment", column.comment());
    }
    return json;
  }

  /** Those whose name begins as is asked, in any case, by name; at most so many. */
  private static <T> void list(
      Context context,
      String field,
      List<T> all,
      Function<T, String> name,
      BiConsumer<T, ObjectNode> view) {
    Query query = Query.of(context.queryString(), Set.of("prefix", "limit"));
    String prefix = query.text("prefix").orElse("");
    int limit = query.number("limit", 1, MOST, USUAL);
    List<T> found =
        new ArrayList<>(
            all.stream()
                .filter(each -> name.apply(each).regionMatches(true, 0, prefix, 0, prefix.length()))
                .sorted(Comparator.comparing(name))
                .toList());
    ObjectNode answer = Json.object();
    ArrayNode array = answer.putArray(field);
    found.stream().limit(limit).forEach(each -> view.accept(each, array.addObject()));
    answer.put("more", found.size() > limit);
    Answers.json(context, HttpStatus.OK_200, answer);
  }

  private Catalog catalog(Context context) {
    String name = context.pathParam("catalog");
    return catalogs
        .find(name)
        .orElseThrow(
            () ->
                Problem.notFound("CATALOG_NOT_FOUND", "There is no catalog '%s'.".formatted(name)));
  }

  private static List<String> schema(Catalog catalog, Context context) {
    String name = context.pathParam("schema");
    return Schemas.find(catalog, name)
        .orElseThrow(
            () ->
                Problem.notFound(
                    "SCHEMA_NOT_FOUND",
                    "There is no schema '%s' in catalog '%s'.".formatted(name, catalog.name())));
  }
}
