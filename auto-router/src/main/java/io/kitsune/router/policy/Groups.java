// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which users are in which groups. Names are compared as they are written. Immutable. */
public final class Groups {
  private final Map<String, Set<String>> byUser;
  private final Set<String> names;

  private Groups(Map<String, Set<String>> byUser, Set<String> names) {
    this.byUser = byUser;
    this.names = Set.copyOf(names);
  }

  /** Groups by their members. */
  public static Groups of(Map<String, List<String>> members) {
    Map<String, Set<String>> byUser = new HashMap<>();
    members.forEach(
        (group, users) ->
            users.forEach(user -> byUser.computeIfAbsent(user, key -> new HashSet<>()).add(group)));
    return new Groups(byUser, members.keySet());
  }

  /** The groups of a user; none for one that is in none. */
  Set<String> of(String user) {
    return byUser.getOrDefault(user, Set.of());
  }

  boolean has(String group) {
    return names.contains(group);
  }
}
