// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.iceberg.MetadataTableName;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Redirections;
import io.kitsune.router.RoutingDecision.Redirected;
import io.kitsune.router.SessionState.TemporaryView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables of one statement: what names mean, and each table loaded once, so that the statement
 * sees one state of it. For one thread.
 */
final class StatementTables {
  private static final String GLOBAL_TEMPORARY = "global_temp";

  private final Catalogs catalogs;
  private final Redirections redirections;
  private final Map<Key, Loading> loaded = new HashMap<>();
  private final Set<TableName> named = new LinkedHashSet<>();
  private final Set<Redirected> redirected = new LinkedHashSet<>();

  StatementTables(Catalogs catalogs, Redirections redirections) {
    this.catalogs = catalogs;
    this.redirections = redirections;
  }

  /**
   * The codes of catalogs that say: there is a table of that name, and what it is cannot be read
   * here. Spark may have what Kitsune lacks, a credential or a format. No code is here that a view
   * can raise, since it may be one over a moved table.
   */
  private static final Set<String> UNREADABLE =
      Set.of(
          "CATALOG_METADATA_INVALID", "CATALOG_METADATA_UNREADABLE", "CATALOG_TABLE_UNSUPPORTED");

  private record Key(TableName name, Version version) {}

  /** What came of loading a table. */
  sealed interface Loading {
    /** There it is. */
    record Found(Table table) implements Loading {}

    /** No catalog of Kitsune's has it. */
    record Missing() implements Loading {}

    /** It is there, and only Spark may be able to read it. */
    record Unreadable(String reason) implements Loading {}
  }

  /** What the parts of a name mean, by Spark's rules. */
  Meaning meaning(List<String> parts, NameScope scope) {
    String first = parts.get(0);
    if (parts.size() == 1) {
      TemporaryView view = scope.temporaryViews().get(first.toLowerCase(Locale.ROOT));
      return view != null
          ? new Meaning.Temporary(first, view)
          : stored(scope.currentCatalog(), scope.currentNamespace(), first);
    }
    if (parts.size() == 2 && first.equalsIgnoreCase(GLOBAL_TEMPORARY)) {
      return new Meaning.Foreign(
          "global temporary view", "Global temporary views are known to Spark only.");
    }
    String table = parts.get(parts.size() - 1);
    return catalogs.find(first).isPresent()
        ? stored(first, parts.subList(1, parts.size() - 1), table)
        : stored(scope.currentCatalog(), parts.subList(0, parts.size() - 1), table);
  }

  private Meaning stored(String catalog, List<String> namespace, String table) {
    if (namespace.isEmpty() || namespace.stream().anyMatch(String::isEmpty) || table.isEmpty()) {
      return new Meaning.Foreign(
          String.join(".", catalog, table), "The name has no namespace in the catalog " + catalog);
    }
    TableName name = new TableName(catalog, namespace, table);
    named.add(name);
    Optional<MetadataTableName> part =
        namespace.size() > 1 ? MetadataTableName.recognise(name) : Optional.empty();
    if (part.isPresent()) {
      TableName of = part.get().table();
      return new Meaning.OfTable(new Meaning.Stored(of, redirections.find(of)), part.get().part());
    }
    return new Meaning.Stored(name, redirections.find(name));
  }

  /** The table as it is for this statement. */
  Loading load(TableName name, Version version) {
    return loaded.computeIfAbsent(new Key(name, version), this::loadFromCatalog);
  }

  private Loading loadFromCatalog(Key key) {
    try {
      return catalogs
          .load(key.name(), key.version())
          .<Loading>map(Loading.Found::new)
          .orElseGet(Loading.Missing::new);
    } catch (KitsuneException e) {
      if (UNREADABLE.contains(e.code())) {
        return new Loading.Unreadable(e.getMessage());
      }
      throw e;
    }
  }

  /** Whether its catalog has a table of that name, readable or not. */
  boolean exists(TableName name) {
    return !(load(name, new Version.Current()) instanceof Loading.Missing);
  }

  /** Whether the name's namespace is one that its catalog has. */
  boolean hasNamespace(TableName name) {
    return catalogs
        .find(name.catalog())
        .flatMap(catalog -> catalog.namespaceProperties(name.namespace()))
        .isPresent();
  }

  /** Notes that a name means another table in this statement. */
  void noteRedirected(Meaning.Stored stored, TableName meant) {
    stored
        .redirection()
        .ifPresent(known -> redirected.add(new Redirected(stored.written(), meant, known.phase())));
  }

  /** Every name in a catalog that was looked up, those in views too. */
  List<TableName> named() {
    return new ArrayList<>(named);
  }

  List<Redirected> redirected() {
    return new ArrayList<>(redirected);
  }
}
