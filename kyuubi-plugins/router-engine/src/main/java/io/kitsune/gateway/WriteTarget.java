// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.error.KitsuneException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table that a statement writes, as it was before.
 *
 * @param kind what it was
 * @param snapshots those that it had, if it is an Iceberg table
 */
record WriteTarget(TableName name, Kind kind, Set<Long> snapshots) {
  private static final Logger LOG = LoggerFactory.getLogger(WriteTarget.class);

  /** What a table is, as far as it matters here. */
  enum Kind {
    ICEBERG,
    /** Not there: the statement makes it. */
    ABSENT,
    /** A table that does not tell what was written to it, or one that could not be looked at. */
    SILENT
  }

  WriteTarget {
    snapshots = Set.copyOf(snapshots);
  }

  static WriteTarget before(TableName name, Catalogs catalogs) {
    try {
      return of(name, catalogs.load(name, new Version.Current()));
    } catch (KitsuneException e) {
      LOG.debug("{} cannot be looked at before it is written", name, e);
      return new WriteTarget(name, Kind.SILENT, Set.of());
    }
  }

  private static WriteTarget of(TableName name, Optional<Table> table) {
    if (table.isEmpty()) {
      return new WriteTarget(name, Kind.ABSENT, Set.of());
    } else if (table.get() instanceof IcebergTable iceberg) {
      Set<Long> snapshots = new HashSet<>();
      iceberg.handle().snapshots().forEach(snapshot -> snapshots.add(snapshot.snapshotId()));
      return new WriteTarget(name, Kind.ICEBERG, snapshots);
    }
    return new WriteTarget(name, Kind.SILENT, Set.of());
  }

  /** The table as it is now. */
  Optional<Table> now(Catalogs catalogs) {
    catalogs.invalidate(name);
    return catalogs.load(name, new Version.Current());
  }

  /** What was committed to it since, by anybody. */
  List<Snapshot> added(IcebergTable now) {
    List<Snapshot> added = new ArrayList<>();
    now.handle()
        .snapshots()
        .forEach(
            snapshot -> {
              if (!snapshots.contains(snapshot.snapshotId())) {
                added.add(snapshot);
              }
            });
    return added;
  }
}
