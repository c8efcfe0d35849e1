// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.gateway.answer.Answer;
import io.kitsune.gateway.statement.Namespaces.Place;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement.ShowCatalogs;
import io.kitsune.router.Statement.ShowNamespaces;
import io.kitsune.router.Statement.ShowTables;
import io.kitsune.router.Statement.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** USE, and SHOW of what catalogs hold. */
final class NamespaceCommands {
  private final Catalogs catalogs;
  private final SessionState state;
  private final Namespaces namespaces;

  NamespaceCommands(Catalogs catalogs, SessionState state) {
    this.catalogs = catalogs;
    this.state = state;
    this.namespaces = new Namespaces(catalogs, state);
  }

  Outcome.Answered use(Use use) {
    Place place =
        switch (use.kind()) {
          case CATALOG -> root(use.parts().get(0));
          case NAMESPACE ->
              new Place(namespaces.catalog(state.currentCatalog()), List.copyOf(use.parts()));
          case ANY -> {
            Place named = namespaces.named(use.parts());
            yield named.namespace().isEmpty() ? root(named.catalog().name()) : named;
          }
        };
    Place target = Namespaces.existing(place);
    return new Outcome.Answered(
        Answer.nothing(),
        current -> States.at(current, target.catalog().name(), target.namespace()));
  }

  private Place root(String name) {
    Catalog catalog = namespaces.catalog(name);
    return new Place(catalog, Namespaces.defaultOf(catalog));
  }

  Outcome showCatalogs(ShowCatalogs show) {
    Predicate<String> matches = LikePattern.of(show.pattern());
    return Outcome.Answered.with(
        new Answer(
            Answer.strings("catalog"),
            catalogs.names().stream().filter(matches).sorted().map(Answer::row).toList()));
  }

  Outcome showNamespaces(ShowNamespaces show) {
    Place place = Namespaces.existing(namespaces.named(show.in()));
    Predicate<String> matches = LikePattern.of(show.pattern());
    int depth = place.namespace().size();
    return Outcome.Answered.with(
        new Answer(
            Answer.strings("namespace"),
            place.catalog().namespaces().stream()
                .filter(
                    namespace ->
                        namespace.size() == depth + 1
                            && namespace.subList(0, depth).equals(place.namespace()))
                .map(Identifiers::quoteWhereNeeded)
                .filter(matches)
                .map(Answer::row)
                .toList()));
  }

  Outcome showTables(ShowTables show) {
    Place place = namespaces.namedOrCurrent(show.in());
    Predicate<String> matches = LikePattern.of(show.pattern());
    String namespace = Identifiers.quoteWhereNeeded(place.namespace());
    boolean views = show.kind() == ShowTables.Kind.VIEWS;
    List<List<Object>> rows = new ArrayList<>();
    for (Catalog.Entry entry : place.catalog().list(place.namespace())) {
      if (matches.test(entry.name()) && (!views || entry.kind() == Catalog.Kind.VIEW)) {
        rows.add(Answer.row(namespace, entry.name(), false));
      }
    }
    if (place.catalog().name().equals(Catalogs.SESSION_CATALOG)) {
      // Spark lists temporary views behind the session catalog's tables, with no namespace.
      state.temporaryViews().keySet().stream()
          .filter(matches)
          .sorted()
          .forEach(name -> rows.add(Answer.row("", name, true)));
    }
    return Outcome.Answered.with(
        new Answer(
            List.of(
                new Column("namespace", DataType.Simple.STRING, false, ""),
                new Column(views ? "viewName" : "tableName", DataType.Simple.STRING, false, ""),
                new Column("isTemporary", DataType.Simple.BOOLEAN, false, "")),
            rows));
  }
}
