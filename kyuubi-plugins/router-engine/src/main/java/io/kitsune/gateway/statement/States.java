// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import io.kitsune.router.SessionState;
import io.kitsune.router.SessionState.TemporaryView;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A session's state with one thing changed. */
public final class States {
  private States() {}

  /** With another current catalog and namespace. */
  public static SessionState at(SessionState state, String catalog, List<String> namespace) {
    return new SessionState(
        state.user(), catalog, namespace, state.configuration(), state.temporaryViews());
  }

  /** With these settings too. */
  public static SessionState with(SessionState state, Map<String, String> settings) {
    if (settings.isEmpty()) {
      return state;
    }
    Map<String, String> all = new HashMap<>(state.configuration());
    all.putAll(settings);
    return withOnly(state, all);
  }

  /** With these settings and no others. */
  static SessionState withOnly(SessionState state, Map<String, String> settings) {
    return new SessionState(
        state.user(),
        state.currentCatalog(),
        state.currentNamespace(),
        settings,
        state.temporaryViews());
  }

  /** The temporary view of that name, whatever its case. */
  public static Optional<TemporaryView> temporaryView(SessionState state, String name) {
    return Optional.ofNullable(state.temporaryViews().get(key(name)));
  }

  /** With that temporary view; one of the same name is replaced. */
  public static SessionState withView(SessionState state, String name, TemporaryView view) {
    Map<String, TemporaryView> views = new HashMap<>(state.temporaryViews());
    views.put(key(name), view);
    return withViews(state, views);
  }

  /** Without that temporary view. */
  public static SessionState withoutView(SessionState state, String name) {
    Map<String, TemporaryView> views = new HashMap<>(state.temporaryViews());
    views.remove(key(name));
    return withViews(state, views);
  }

  private static SessionState withViews(SessionState state, Map<String, TemporaryView> views) {
    return new SessionState(
        state.user(),
        state.currentCatalog(),
        state.currentNamespace(),
        state.configuration(),
        views);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
