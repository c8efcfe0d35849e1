// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where the migration of one table stands; the names are those of the TableMigration resource. Who
 * is read and who is written in each phase, and which phase may follow which, is decided here and
 * nowhere else.
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

  /**
   * The phases that may follow this one. Failure is possible until the table is migrated, and leads
   * back to a new plan; a migrated table can be reverted to its bridge; a decommissioned one has
   * only one table left.
   */
  public Set<Phase> successors() {
    return Collections.unmodifiableSet(
        switch (this) {
          case DISCOVERED -> EnumSet.of(PLANNED, FAILED);
          case PLANNED -> EnumSet.of(BRIDGED, FAILED);
          case BRIDGED -> EnumSet.of(MIGRATING, FAILED);
          case MIGRATING -> EnumSet.of(VALIDATING, FAILED);
          case VALIDATING -> EnumSet.of(MIGRATED, FAILED);
          case MIGRATED -> EnumSet.of(DECOMMISSIONED, BRIDGED);
          case DECOMMISSIONED -> EnumSet.noneOf(Phase.class);
          case FAILED -> EnumSet.of(PLANNED);
        });
  }

  /**
   * Whether the redirection may be dropped in this phase without a name changing its meaning in
   * silence: not while a copy is taken, and not while the name means the target.
   */
  public boolean removable() {
    return switch (this) {
      case DISCOVERED, PLANNED, BRIDGED, FAILED, DECOMMISSIONED -> true;
      case MIGRATING, VALIDATING, MIGRATED -> false;
    };
  }

  /** The phase of that {@link #id}, in any case; or empty. */
  public static Optional<Phase> find(String id) {
    return Arrays.stream(values()).filter(phase -> phase.id().equalsIgnoreCase(id)).findFirst();
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
