// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.TableName;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.Redirection;
import io.kitsune.router.reading.ProcedureCall;
import io.kitsune.router.reading.ProcedureCall.TextArgument;
import io.kitsune.router.reading.TableNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tables that a CALL names in strings. They are not replaced: a procedure acts on tables of its own
 * catalog only, and which it is called in is the user's to say. One that was moved is refused,
 * since the procedure would act on the old table.
 *
 * <p>Names are looked up as Iceberg's procedures do ({@code BaseProcedure.toIdentifier}, {@code
 * SnapshotTableProcedure}, {@code AddFilesProcedure}): a table in the procedure's catalog, a source
 * in the session catalog.
 */
final class ProcedureTables {
  private static final String SOURCE_TABLE = "source_table";

  /** The parameters, in order, as far as they name tables; of all others it is the first. */
  private static final Map<String, List<String>> PARAMETERS =
      Map.of(
          "snapshot", List.of(SOURCE_TABLE, "table"), "add_files", List.of("table", SOURCE_TABLE));

  /** Those of Iceberg 1.9 and later; of any other procedure, each string might name a table. */
  private static final Set<String> KNOWN =
      Set.of(
          "add_files",
          "ancestors_of",
          "cherrypick_snapshot",
          "compute_partition_stats",
          "compute_table_stats",
          "create_changelog_view",
          "expire_snapshots",
          "fast_forward",
          "migrate",
          "publish_changes",
          "register_table",
          "remove_orphan_files",
          "rewrite_data_files",
          "rewrite_manifests",
          "rewrite_position_delete_files",
          "rewrite_table_path",
          "rollback_to_snapshot",
          "rollback_to_timestamp",
          "set_current_snapshot",
          "snapshot");

  private static final Set<String> READ_ONLY = Set.of("ancestors_of", "create_changelog_view");

  private final Catalogs catalogs;
  private final StatementTables tables;

  ProcedureTables(Catalogs catalogs, StatementTables tables) {
    this.catalogs = catalogs;
    this.tables = tables;
  }

  /**
   * Passes if no argument names a table that was moved, or is being moved.
   *
   * @throws KitsuneException {@code REDIRECTION_CALL_REFUSED} or {@code REDIRECTION_WRITE_REFUSED}
   */
  void check(ProcedureCall call, NameScope scope) {
    String procedure = last(call.procedure()).toLowerCase(Locale.ROOT);
    String catalog = catalog(call.procedure(), scope);
    for (TextArgument argument : call.arguments()) {
      if (namesTable(procedure, argument)) {
        boolean source = parameter(procedure, argument).equals(SOURCE_TABLE);
        check(
            argument,
            scopeOf(source ? Catalogs.SESSION_CATALOG : catalog, scope),
            source || READ_ONLY.contains(procedure) ? Access.READ : Access.WRITE);
      }
    }
  }

  private enum Access {
    READ,
    WRITE
  }

  private static boolean namesTable(String procedure, TextArgument argument) {
    return parameter(procedure, argument).endsWith("table") || !KNOWN.contains(procedure);
  }

  /** The parameter's name, as far as it is about tables. */
  private static String parameter(String procedure, TextArgument argument) {
    if (!argument.name().isEmpty()) {
      return argument.name().toLowerCase(Locale.ROOT);
    }
    List<String> parameters = PARAMETERS.getOrDefault(procedure, List.of("table"));
    return argument.position() < parameters.size() ? parameters.get(argument.position()) : "";
  }

  /** The catalog that the procedure is one of. */
  private String catalog(List<String> procedure, NameScope scope) {
    boolean qualified = procedure.size() > 2 || catalogs.find(procedure.get(0)).isPresent();
    return qualified ? procedure.get(0) : scope.currentCatalog();
  }

  private static NameScope scopeOf(String catalog, NameScope scope) {
    return catalog.equalsIgnoreCase(scope.currentCatalog())
        ? new NameScope(scope.currentCatalog(), scope.currentNamespace(), Map.of())
        : new NameScope(catalog, List.of("default"), Map.of());
  }

  private void check(TextArgument argument, NameScope scope, Access access) {
    List<String> parts;
    try {
      parts = TableNames.parse(argument.text());
    } catch (KitsuneException e) {
      // No name, and none to Iceberg, which reads it with the same parser: a path, an order.
      return;
    }
    Meaning meaning = tables.meaning(parts, scope);
    if (meaning instanceof Meaning.OfTable part) {
      meaning = part.table();
    }
    if (meaning instanceof Meaning.Stored stored && stored.redirection().isPresent()) {
      check(argument, stored.written(), stored.redirection().get(), access);
      tables.noteRedirected(stored, stored.written());
    }
  }

  private static void check(
      TextArgument argument, TableName written, Redirection known, Access access) {
    Phase.Side side = access == Access.READ ? known.phase().reads() : known.phase().writes();
    switch (side) {
      case SOURCE -> {}
      case NEITHER ->
          throw new KitsuneException(
              "REDIRECTION_WRITE_REFUSED",
              "25006",
              "%s is being moved to %s and is %s: no procedure may change it until the move is done. Try again then."
                  .formatted(written, known.target(), known.phase().id()));
      case TARGET ->
          throw new KitsuneException(
              "REDIRECTION_CALL_REFUSED",
              "0A000",
              "CALL names '%s' in a string, which was moved to %s: call the procedure of the catalog %s and name '%s' to act on that table."
                  .formatted(
                      argument.text(), known.target(), known.target().catalog(), known.target()));
    }
  }

  private static String last(List<String> parts) {
    return parts.get(parts.size() - 1);
  }
}
