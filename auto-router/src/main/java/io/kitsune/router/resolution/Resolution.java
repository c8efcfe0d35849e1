// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.router.RoutingDecision.Redirected;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * What every table's name in a query means, the bodies of its views included. Keyed by the name's
 * node itself (its identity), so that the same name in two scopes may mean two things. Immutable.
 */
public final class Resolution {
  private final Map<SqlIdentifier, Relation> relations;
  private final List<Redirected> redirected;

  Resolution(Map<SqlIdentifier, Relation> relations, List<Redirected> redirected) {
    Map<SqlIdentifier, Relation> copy = new IdentityHashMap<>(relations);
    this.relations = Collections.unmodifiableMap(copy);
    this.redirected = List.copyOf(redirected);
  }

  /**
   * What a name in a FROM clause (also within VERSION AS OF, TABLESAMPLE, TABLE) stands for; empty
   * for a node that is not a table's name of this query.
   */
  public Optional<Relation> find(SqlIdentifier name) {
    return Optional.ofNullable(relations.get(name));
  }

  /** Every name and what it means, in no order. */
  public Map<SqlIdentifier, Relation> relations() {
    return relations;
  }

  /** Names that mean another table today. */
  public List<Redirected> redirected() {
    return redirected;
  }
}
