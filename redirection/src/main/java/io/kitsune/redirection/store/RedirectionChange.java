// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.TableName;
import io.kitsune.redirection.Phase;
import java.time.Instant;

/** One line of a redirection's history. */
public sealed interface RedirectionChange {
  /** Who made the change. */
  String by();

  /** When, by the clock of the gateway that made it. */
  Instant at();

  /** The redirection was added, in that phase. */
  record Added(TableName target, Phase phase, String by, Instant at) implements RedirectionChange {
    public Added {
      requireNonNull(target, "target");
      requireNonNull(phase, "phase");
      requireNonNull(by, "by");
      requireNonNull(at, "at");
    }
  }

  /** It went from one phase to another. */
  record Moved(Phase from, Phase to, String by, Instant at) implements RedirectionChange {
    public Moved {
      requireNonNull(from, "from");
      requireNonNull(to, "to");
      requireNonNull(by, "by");
      requireNonNull(at, "at");
    }
  }

  /** It was removed in that phase. */
  record Removed(Phase phase, String by, Instant at) implements RedirectionChange {
    public Removed {
      requireNonNull(phase, "phase");
      requireNonNull(by, "by");
      requireNonNull(at, "at");
    }
  }
}
