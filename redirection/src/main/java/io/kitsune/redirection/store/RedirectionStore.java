// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import io.kitsune.catalog.TableName;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.Redirections;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The redirections of an installation and their history. Several gateways may share one: each sees
 * what another changed with its next call, and none overwrites another's change, because every
 * change names the version it is based on. Source names compare without regard to case.
 *
 * <p>Thread-safe. Every method throws {@link KitsuneException} {@code
 * REDIRECTION_STORE_UNAVAILABLE} (08006) where the database cannot be reached within its time
 * limit; nothing is answered from an old copy then. A change is on disk when its method returns.
 */
public interface RedirectionStore extends AutoCloseable {

  /**
   * Opens the store, creating or upgrading its tables.
   *
   * @throws KitsuneException {@code REDIRECTION_STORE_UNAVAILABLE}
   */
  static RedirectionStore open(StoreLocation location) {
    return JdbcRedirectionStore.open(location, Clock.systemUTC());
  }

  /**
   * Every redirection, as of one moment not before this call. Made to be called for each statement:
   * where nothing has changed it costs one look at a number.
   */
  Redirections current();

  /** Every redirection, sorted by source name. */
  List<RedirectionEntry> list();

  /** The redirection of that source name, or empty. */
  Optional<RedirectionEntry> find(TableName source);

  /**
   * What happened under that source name, oldest first; also of a redirection that was removed.
   * Empty if there never was one.
   */
  List<RedirectionChange> history(TableName source);

  /**
   * Adds a redirection.
   *
   * @param by who asks for it; not blank
   * @throws KitsuneException {@code REDIRECTION_EXISTS} for a second one of that source; {@code
   *     REDIRECTION_TARGET_TAKEN} where another source has that target; {@code REDIRECTION_CHAIN}
   *     where the target is itself a source, or the source a target; {@code
   *     REDIRECTION_NAME_INVALID} for a name that is too long or redirected to itself
   */
  RedirectionEntry add(TableName source, TableName target, Phase phase, String by);

  /**
   * Goes from one phase to a next one. Whether the tables are fit for it is the caller's to know.
   *
   * @param version of the entry the decision was based on
   * @param by who asks for it; not blank
   * @throws KitsuneException {@code REDIRECTION_NOT_FOUND}; {@code REDIRECTION_CHANGED} (40001)
   *     where somebody else changed it since; {@code REDIRECTION_PHASE_REFUSED} where {@link
   *     Phase#successors} does not allow it
   */
  RedirectionEntry changePhase(TableName source, long version, Phase to, String by);

  /**
   * Removes a redirection, keeping its history.
   *
   * @param version of the entry the decision was based on
   * @param by who asks for it; not blank
   * @throws KitsuneException {@code REDIRECTION_NOT_FOUND}; {@code REDIRECTION_CHANGED} (40001);
   *     {@code REDIRECTION_PHASE_REFUSED} where the phase is not {@link Phase#removable}
   */
  void remove(TableName source, long version, String by);

  /** Closes the database; at once, and without an error. */
  @Override
  void close();
}
