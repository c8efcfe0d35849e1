// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Which fields any expression of a query refers to. */
final class UsedFields {
  private UsedFields() {}

  static Set<Field> of(TypedQuery query) {
    Set<Field> used = Collections.newSetFromMap(new IdentityHashMap<>());
    new QueryWalk() {
      @Override
      void expression(Expression expression) {
        if (expression instanceof Expression.ColumnReference reference) {
          used.add(reference.field());
        }
      }
    }.query(query);
    return used;
  }
}
