// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.files;

import static java.util.Objects.requireNonNull;

/** What a file says of itself. Immutable. */
public sealed interface Footer permits ParquetFooter, Footer.Unreadable {
  /**
   * No footer could be read: another format, encrypted, cut short, or gone.
   *
   * @param reason in a few words, without the file's name
   */
  record Unreadable(String reason) implements Footer {
    public Unreadable {
      requireNonNull(reason, "reason");
    }
  }
}
