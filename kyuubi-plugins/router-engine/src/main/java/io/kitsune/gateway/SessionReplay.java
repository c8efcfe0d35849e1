// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Catalogs;
import io.kitsune.router.SessionState;
import io.kitsune.router.SessionState.TemporaryView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which Spark statements bring an engine's session from one state to another. */
final class SessionReplay {
  private static final List<String> DEFAULT_NAMESPACE = List.of("default");

  /** Settings that mean something to the gateway and its clients, and nothing to an engine. */
  private static final List<String> OWN_PREFIXES = List.of("kitsune.", "kyuubi.", "hive.server2.");

  private SessionReplay() {}

  /**
   * The state of an engine's session that was just opened. It is opened without settings: one that
   * the engine refuses would keep it from opening at all, and a client's connection string may well
   * name one that only counts when an engine starts. Where an engine is launched for the session,
   * such a setting has its place, and goes with the opening.
   *
   * @param settings what it was opened with all the same
   */
  static SessionState fresh(SessionState state, Map<String, String> settings) {
    return new SessionState(
        state.user(), Catalogs.SESSION_CATALOG, DEFAULT_NAMESPACE, settings, Map.of());
  }

  /** The settings that an engine is told of. */
  private static Map<String, String> engineSettings(SessionState state) {
    return state.configuration().entrySet().stream()
        .filter(entry -> OWN_PREFIXES.stream().noneMatch(entry.getKey()::startsWith))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The temporary views and then the place, in their order; none if there is no difference. */
  static List<String> viewsAndPlace(SessionState applied, SessionState wanted) {
    List<String> result = new ArrayList<>();
    List<String> namespace = qualified(applied.currentCatalog(), applied.currentNamespace());
    for (String name : new TreeSet<>(wanted.temporaryViews().keySet())) {
      TemporaryView view = wanted.temporaryViews().get(name);
      if (!view.equals(applied.temporaryViews().get(name))) {
        List<String> made = qualified(view.currentCatalog(), view.currentNamespace());
        if (!made.equals(namespace)) {
          result.add(use(made));
          namespace = made;
        }
        result.add(view.createStatement());
      }
    }
    List<String> target = qualified(wanted.currentCatalog(), wanted.currentNamespace());
    if (!target.equals(namespace)) {
      result.add(use(target));
    }
    return result;
  }

  /** SET and RESET of what differs; in any order. */
  static List<String> settings(SessionState applied, SessionState wanted) {
    Map<String, String> before = engineSettings(applied);
    Map<String, String> after = engineSettings(wanted);
    Map<String, String> all = new HashMap<>(before);
    all.putAll(after);
    List<String> result = new ArrayList<>();
    for (String key : new TreeSet<>(all.keySet())) {
      String value = after.get(key);
      if (value == null) {
        result.add("RESET " + quote(key));
      } else if (!Objects.equals(before.get(key), value)) {
        result.add("SET " + quote(key) + "=" + quote(value));
      }
    }
    return result;
  }

  private static List<String> qualified(String catalog, List<String> namespace) {
    return Stream.concat(Stream.of(catalog), namespace.stream()).toList();
  }

  private static String use(List<String> name) {
    return name.stream().map(SessionReplay::quote).collect(Collectors.joining(".", "USE ", ""));
  }

  private static String quote(String part) {
    return "`" + part.replace("`", "``") + "`";
  }
}
