// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import io.kitsune.catalog.TableName;
import io.kitsune.error.KitsuneException;
import java.util.Locale;

/** A table's name as redirections compare it: every part quoted where needed, in lower case. */
record NameKey(String text) {
  /** What the key columns hold; PostgreSQL cannot index more than 2,704 bytes. */
  private static final int LONGEST = 600;

  static NameKey of(TableName name) {
    return new NameKey(name.toString().toLowerCase(Locale.ROOT));
  }

  /** The key of a name that is to be kept. */
  static NameKey toKeep(TableName name) {
    NameKey key = of(name);
    if (key.text.length() > LONGEST) {
      throw new KitsuneException(
          "REDIRECTION_NAME_INVALID",
          "42622",
          "a redirected table's full name may have %d characters, this one has %d: %.80s…"
              .formatted(LONGEST, key.text.length(), key.text));
    }
    return key;
  }
}
