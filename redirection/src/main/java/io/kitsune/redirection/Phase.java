// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection;

import java.util.Locale;

/**
 * Where the migration of one table stands; the names are those of the TableMigration resource. Who
 * is read and who is written in each phase is decided here and nowhere else.
 */
public enum Phase {
  DISCOVERED(Side.SOURCE, Side.SOURCE),
  PLANNED(Side.SOURCE, Side.SOURCE),
  BRIDGED(Side.SOURCE, Side.SOURCE),
  MIGRATING(Side.SOURCE, Side.NEITHER),
  VALIDATING(Side.SOURCE, Side.NEITHER),
  MIGRATED(Side.TARGET, Side.TARGET),
  DECOMMISSIONED(Side.TARGET, Side.TARGET),
  FAILED(Side.SOURCE, Side.SOURCE);

  private final Side reads;
  private final Side writes;

  Phase(Side reads, Side writes) {
    this.reads = reads;
    this.writes = writes;
  }

  /** Where reads go; never {@link Side#NEITHER}. */
  public Side reads() {
    return reads;
  }

  /** Where writes go. */
  public Side writes() {
    return writes;
  }

  /** The name as users write it: {@code migrated}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One of the two tables. */
  public enum Side {
    /** The Hive table. */
    SOURCE,
    /** The Iceberg table. */
    TARGET,
    /** Refused for now. */
    NEITHER
  }
}
