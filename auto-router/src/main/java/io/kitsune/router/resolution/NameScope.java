// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.router.SessionState;
import io.kitsune.router.SessionState.TemporaryView;
import java.util.List;
import java.util.Map;

/**
 * Where the names of one text are looked up: those of the session, or those under which a view was
 * made.
 *
 * @param temporaryViews by lower-case name; none for a stored view's body
 */
record NameScope(
    String currentCatalog,
    List<String> currentNamespace,
    Map<String, TemporaryView> temporaryViews) {
  NameScope {
    currentNamespace = List.copyOf(currentNamespace);
    temporaryViews = Map.copyOf(temporaryViews);
  }

  static NameScope of(SessionState session) {
    return new NameScope(
        session.currentCatalog(), session.currentNamespace(), session.temporaryViews());
  }

  /** The scope of a temporary view's body. */
  NameScope of(TemporaryView view) {
    return new NameScope(view.currentCatalog(), view.currentNamespace(), temporaryViews);
  }
}
