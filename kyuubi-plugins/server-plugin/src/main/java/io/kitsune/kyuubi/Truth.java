// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

/** What is known of a condition: a rule applies only where it is true, not where it may be. */
enum Truth {
  TRUE,
  FALSE,
  UNKNOWN;

  static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }

  Truth not() {
    switch (this) {
      case TRUE:
        return FALSE;
      case FALSE:
        return TRUE;
      default:
        return UNKNOWN;
    }
  }
}
