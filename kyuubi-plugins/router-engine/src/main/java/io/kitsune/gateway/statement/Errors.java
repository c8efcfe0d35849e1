// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import io.kitsune.error.KitsuneException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Spark's error classes, texts and SQLSTATEs for names that are not there. */
public final class Errors {
  private Errors() {}

  /** {@code SCHEMA_NOT_FOUND}, 42704. */
  public static KitsuneException schemaNotFound(List<String> namespace) {
    return new KitsuneException(
        "SCHEMA_NOT_FOUND",
        "42704",
        """
        The schema %s cannot be found. Verify the spelling and correctness of the schema and catalog.
        If you did not qualify the name with a catalog, verify the current_schema() output, or qualify the name with the correct catalog.
        To tolerate the error on drop use DROP SCHEMA IF EXISTS."""
            .formatted(quoted(namespace)));
  }

  /** {@code TABLE_OR_VIEW_NOT_FOUND}, 42P01. */
  public static KitsuneException tableNotFound(List<String> name) {
    return new KitsuneException(
        "TABLE_OR_VIEW_NOT_FOUND",
        "42P01",
        """
        The table or view %s cannot be found. Verify the spelling and correctness of the schema and catalog.
        If you did not qualify the name with a schema, verify the current_schema() output, or qualify the name with the correct schema and catalog.
        To tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS."""
            .formatted(quoted(name)));
  }

  /** {@code CATALOG_NOT_FOUND}, 42P08. */
  public static KitsuneException catalogNotFound(String name, Collection<String> known) {
    return new KitsuneException(
        "CATALOG_NOT_FOUND",
        "42P08",
        "The catalog %s cannot be found; there are: %s."
            .formatted(quoted(List.of(name)), String.join(", ", known)));
  }

  private static String quoted(List<String> parts) {
    return parts.stream()
        .map(part -> "`" + part.replace("`", "``") + "`")
        .collect(Collectors.joining("."));
  }
}
