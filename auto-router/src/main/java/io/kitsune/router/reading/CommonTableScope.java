// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

/**
 * The names that WITH has given so far, compared without regard to case. Immutable; an inner scope
 * links to the outer one.
 */
record CommonTableScope(String name, CommonTableScope outer) {
  static final CommonTableScope EMPTY = new CommonTableScope("", null);

  CommonTableScope with(String another) {
    return new CommonTableScope(another, this);
  }

  boolean contains(String wanted) {
    for (CommonTableScope scope = this; scope != EMPTY; scope = scope.outer) {
      if (scope.name.equalsIgnoreCase(wanted)) {
        return true;
      }
    }
    return false;
  }
}
