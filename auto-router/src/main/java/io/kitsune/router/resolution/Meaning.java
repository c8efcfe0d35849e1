// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.catalog.TableName;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.Redirection;
import io.kitsune.router.SessionState.TemporaryView;
import java.util.Optional;

/** What a table's name means before anything is loaded. */
sealed interface Meaning {
  /** A temporary view of the session. */
  record Temporary(String name, TemporaryView view) implements Meaning {}

  /** A name in a catalog; {@code redirection} is empty where it means itself. */
  record Stored(TableName written, Optional<Redirection> redirection) implements Meaning {
    /** The table that is read today. */
    TableName read() {
      return redirection
          .filter(known -> known.phase().reads() == Phase.Side.TARGET)
          .map(Redirection::target)
          .orElse(written);
    }
  }

  /**
   * Part of a table: {@code db.t.snapshots}. Only Spark reads it.
   *
   * @param table the table it is about
   * @param part what of it, as written
   */
  record OfTable(Stored table, String part) implements Meaning {}

  /** A name that no catalog of Kitsune's has: Spark's to find or to refuse. */
  record Foreign(String construct, String reason) implements Meaning {}
}
