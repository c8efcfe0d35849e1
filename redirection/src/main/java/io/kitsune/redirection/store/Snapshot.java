// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import io.kitsune.catalog.TableName;
import io.kitsune.redirection.Redirection;
import io.kitsune.redirection.Redirections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All redirections as of one revision of the store. */
final class Snapshot implements Redirections {
  private final long revision;
  private final Map<NameKey, Redirection> bySource;

  Snapshot(long revision, List<RedirectionEntry> entries) {
    this.revision = revision;
    Map<NameKey, Redirection> found = new HashMap<>();
    for (RedirectionEntry entry : entries) {
      found.put(NameKey.of(entry.redirection().source()), entry.redirection());
    }
    this.bySource = Map.copyOf(found);
  }

  long revision() {
    return revision;
  }

  @Override
  public Optional<Redirection> find(TableName source) {
    return bySource.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(bySource.get(NameKey.of(source)));
  }
}
