// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client's session has set, as of one statement. Immutable.
 *
 * @param user who asks
 * @param currentCatalog {@code spark_catalog} unless changed by USE
 * @param currentNamespace {@code [default]} unless changed by USE
 * @param configuration every key that the client SET or sent when it connected: Spark's keys and
 *     Kitsune's
 * @param temporaryViews by lower-case name: the SQL text of the view's body
 */
public record SessionState(
    String user,
    String currentCatalog,
    List<String> currentNamespace,
    Map<String, String> configuration,
    Map<String, TemporaryView> temporaryViews) {
  /** Set, to {@code true}, in a session that has made temporary functions. */
  public static final String TEMPORARY_FUNCTIONS = "kitsune.session.temporary-functions";

  public SessionState {
    requireNonNull(user, "user");
    requireNonNull(currentCatalog, "currentCatalog");
    currentNamespace = List.copyOf(currentNamespace);
    configuration = Map.copyOf(configuration);
    temporaryViews = Map.copyOf(temporaryViews);
  }

  /** A configuration value, if set. */
  public Optional<String> setting(String key) {
    return Optional.ofNullable(configuration.get(key));
  }

  /**
   * A temporary view of the session.
   *
   * @param createStatement the user's whole statement, replayed in an engine's session
   * @param body the text of its query
   * @param currentCatalog as it was when the view was made
   * @param currentNamespace as it was when the view was made
   */
  public record TemporaryView(
      String createStatement, String body, String currentCatalog, List<String> currentNamespace) {
    public TemporaryView {
      currentNamespace = List.copyOf(currentNamespace);
    }
  }
}
