// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import java.time.Instant;

/** Which state of a table is asked for. */
public sealed interface Version {
  /** The state that is current when the table is loaded. */
  record Current() implements Version {}

  /** {@code VERSION AS OF} a snapshot's id. */
  record Snapshot(long id) implements Version {}

  /** {@code VERSION AS OF} the name of a branch or tag. */
  record Reference(String name) implements Version {}

  /** {@code TIMESTAMP AS OF}: the snapshot that was current at that instant. */
  record AsOf(Instant instant) implements Version {}
}
