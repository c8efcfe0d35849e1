// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection;

import io.kitsune.catalog.TableName;
import java.util.Optional;

/**
 * Every redirection, as of one moment: a statement takes one and resolves all of its tables with
 * it. Immutable, thread-safe.
 */
public interface Redirections {
  /** The redirection of that source name, compared without regard to case; or empty. */
  Optional<Redirection> find(TableName source);

  /** Nothing is redirected. */
  static Redirections none() {
    return source -> Optional.empty();
  }
}
