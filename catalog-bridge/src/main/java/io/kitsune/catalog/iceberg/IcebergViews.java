// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.View;
import io.kitsune.error.KitsuneException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.ViewVersion;

/** Iceberg's views as the bridge's. */
final class IcebergViews {
  private static final String DIALECT = "spark";
  private static final String QUERY_COLUMN_NAMES = "spark.query-column-names";

  private IcebergViews() {}

  /**
   * The view's current version.
   *
   * @throws KitsuneException {@code CATALOG_VIEW_UNREADABLE} if no representation of it is in
   *     Spark's dialect; {@code CATALOG_TIME_TRAVEL_UNSUPPORTED} for a version of a view
   */
  static View view(TableName name, org.apache.iceberg.view.View view, Version version) {
    if (!(version instanceof Version.Current)) {
      throw new KitsuneException(
          "CATALOG_TIME_TRAVEL_UNSUPPORTED",
          "42809",
          "%s is a view: only tables have versions".formatted(name));
    }
    ViewVersion current = view.currentVersion();
    Namespace namespace = current.defaultNamespace();
    return new View(
        name,
        IcebergColumns.of(view.schema()),
        text(name, current),
        View.Origin.ICEBERG,
        Optional.ofNullable(current.defaultCatalog()).orElse(name.catalog()),
        namespace == null || namespace.isEmpty() ? name.namespace() : List.of(namespace.levels()),
        queryColumns(view),
        Map.of());
  }

  // Spark keeps them as one text with commas between.
  private static List<String> queryColumns(org.apache.iceberg.view.View view) {
    String names = view.properties().get(QUERY_COLUMN_NAMES);
    return names == null ? List.of() : List.of(names.split(",", -1));
  }

  private static String text(TableName name, ViewVersion version) {
    List<SQLViewRepresentation> texts =
        version.representations().stream()
            .filter(SQLViewRepresentation.class::isInstance)
            .map(SQLViewRepresentation.class::cast)
            .toList();
    return texts.stream()
        .filter(text -> text.dialect().equalsIgnoreCase(DIALECT))
        .map(SQLViewRepresentation::sql)
        .findFirst()
        .orElseThrow(
            () ->
                new KitsuneException(
                    "CATALOG_VIEW_UNREADABLE",
                    "0A000",
                    "view %s is written in the dialects %s and not in '%s'"
                        .formatted(
                            name,
                            texts.stream().map(SQLViewRepresentation::dialect).sorted().toList(),
                            DIALECT)));
  }
}
