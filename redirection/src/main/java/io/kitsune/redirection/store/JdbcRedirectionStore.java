// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.TableName;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.Redirection;
import io.kitsune.redirection.Redirections;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The store over a JDBC database. Each change first adds one to the revision, whose row lock makes
 * the changes of all gateways follow each other: what it then reads holds until it commits.
 */
final class JdbcRedirectionStore implements RedirectionStore {
  private static final int LONGEST_AUTHOR = 256;

  private final StoreDatabase database;
  private final Clock clock;
  private volatile Snapshot latest;

  private JdbcRedirectionStore(StoreDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.latest = load();
  }

  static JdbcRedirectionStore open(StoreLocation location, Clock clock) {
    StoreDatabase database = StoreDatabase.open(location, StoreSchema.REDIRECTIONS);
    try {
      return new JdbcRedirectionStore(database, clock);
    } catch (KitsuneException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public Redirections current() {
    Snapshot known = latest;
    if (database.read(RedirectionTables::revision) == known.revision()) {
      return known;
    }
    // Another thread may replace a newer copy by this one: the next call then loads again.
    Snapshot loaded = load();
    latest = loaded;
    return loaded;
  }

  @Override
  public List<RedirectionEntry> list() {
    return database.read(RedirectionTables::entries);
  }

  @Override
  public Optional<RedirectionEntry> find(TableName source) {
    NameKey key = NameKey.of(source);
    return database.read(handle -> RedirectionTables.entry(handle, key));
  }

  @Override
  public List<RedirectionChange> history(TableName source) {
    NameKey key = NameKey.of(source);
    return database.read(handle -> RedirectionTables.history(handle, key));
  }

  @Override
  public RedirectionEntry add(TableName source, TableName target, Phase phase, String by) {
    NameKey sourceKey = NameKey.toKeep(source);
    NameKey targetKey = NameKey.toKeep(target);
    if (sourceKey.equals(targetKey)) {
      throw new KitsuneException(
          "REDIRECTION_NAME_INVALID",
          "42622",
          "%s cannot be redirected to itself; name another target".formatted(source));
    }
    requireAuthor(by);
    Redirection redirection = new Redirection(source, target, phase, now());
    return database.change(
        handle -> {
          long revision = RedirectionTables.nextRevision(handle);
          refuseConflicts(handle, sourceKey, targetKey);
          RedirectionEntry entry = new RedirectionEntry(redirection, revision);
          RedirectionTables.insert(handle, sourceKey, targetKey, entry);
          record(
              handle,
              sourceKey,
              entry,
              new RedirectionChange.Added(target, phase, by, redirection.changed()));
          return entry;
        });
  }

  @Override
  public RedirectionEntry changePhase(TableName source, long version, Phase to, String by) {
    requireNonNull(to, "to");
    requireAuthor(by);
    NameKey key = NameKey.of(source);
    Instant now = now();
    return database.change(
        handle -> {
          long revision = RedirectionTables.nextRevision(handle);
          Redirection old = unchangedSince(handle, source, version);
          if (!old.phase().successors().contains(to)) {
            throw refusedPhase(
                "%s is %s and cannot become %s; it can become %s"
                    .formatted(source, old.phase().id(), to.id(), ids(old.phase())));
          }
          RedirectionEntry entry =
              new RedirectionEntry(new Redirection(old.source(), old.target(), to, now), revision);
          RedirectionTables.update(handle, key, version, entry);
          record(handle, key, entry, new RedirectionChange.Moved(old.phase(), to, by, now));
          return entry;
        });
  }

  @Override
  public void remove(TableName source, long version, String by) {
    requireAuthor(by);
    NameKey key = NameKey.of(source);
    Instant now = now();
    database.change(
        handle -> {
          long revision = RedirectionTables.nextRevision(handle);
          Redirection old = unchangedSince(handle, source, version);
          if (!old.phase().removable()) {
            throw refusedPhase(
                "the redirection of %s is %s: without it the name would mean the other table; it can become %s first"
                    .formatted(source, old.phase().id(), ids(old.phase())));
          }
          RedirectionTables.delete(handle, key, version);
          record(
              handle,
              key,
              new RedirectionEntry(old, revision),
              new RedirectionChange.Removed(old.phase(), by, now));
          return null;
        });
  }

  @Override
  public void close() {
    database.close();
  }

  private Snapshot load() {
    return database.read(RedirectionTables::snapshot);
  }

  private Instant now() {
    // What the databases keep, so that an answer equals what is read later.
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static void record(
      Handle handle, NameKey key, RedirectionEntry entry, RedirectionChange change) {
    RedirectionTables.insertChange(handle, key, entry, change);
  }

  private static Redirection unchangedSince(Handle handle, TableName source, long version) {
    RedirectionEntry entry =
        RedirectionTables.entry(handle, NameKey.of(source))
            .orElseThrow(
                () ->
                    new KitsuneException(
                        "REDIRECTION_NOT_FOUND",
                        "42704",
                        "there is no redirection of %s".formatted(source)));
    if (entry.version() != version) {
      throw new KitsuneException(
          "REDIRECTION_CHANGED",
          "40001",
          "the redirection of %s was changed meanwhile and is now %s to %s (version %d, not %d); look at it and repeat"
              .formatted(
                  source,
                  entry.redirection().phase().id(),
                  entry.redirection().target(),
                  entry.version(),
                  version));
    }
    return entry.redirection();
  }

  private static void refuseConflicts(Handle handle, NameKey source, NameKey target) {
    for (RedirectionEntry entry : RedirectionTables.touching(handle, source, target)) {
      Redirection other = entry.redirection();
      NameKey otherSource = NameKey.of(other.source());
      if (otherSource.equals(source)) {
        throw new KitsuneException(
            "REDIRECTION_EXISTS",
            "42710",
            "%s is already redirected to %s (%s); remove that redirection first"
                .formatted(other.source(), other.target(), other.phase().id()));
      }
      if (otherSource.equals(target)) {
        throw new KitsuneException(
            "REDIRECTION_CHAIN",
            "42710",
            "the target %s is itself redirected to %s; name the table at the end"
                .formatted(other.source(), other.target()));
      }
      if (NameKey.of(other.target()).equals(source)) {
        throw new KitsuneException(
            "REDIRECTION_CHAIN",
            "42710",
            "the source %s is the target of the redirection of %s; remove that one first"
                .formatted(other.target(), other.source()));
      }
      throw new KitsuneException(
          "REDIRECTION_TARGET_TAKEN",
          "42710",
          "%s is already the target of the redirection of %s; two tables cannot become one"
              .formatted(other.target(), other.source()));
    }
  }

  private static KitsuneException refusedPhase(String message) {
    return new KitsuneException("REDIRECTION_PHASE_REFUSED", "55000", message);
  }

  private static List<String> ids(Phase phase) {
    List<String> ids = new ArrayList<>();
    phase.successors().forEach(successor -> ids.add(successor.id()));
    return ids;
  }

  private static void requireAuthor(String by) {
    if (by.isBlank() || by.length() > LONGEST_AUTHOR) {
      throw new IllegalArgumentException(
          "who asks for the change needs a name of 1 to " + LONGEST_AUTHOR + " characters");
    }
  }
}
