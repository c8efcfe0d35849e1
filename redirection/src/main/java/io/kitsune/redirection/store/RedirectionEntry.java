// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import static java.util.Objects.requireNonNull;

import io.kitsune.redirection.Redirection;

/**
 * A redirection as it was read from the store.
 *
 * @param version what a change must be based on; it differs between any two states of the store's
 *     redirections, also between a removed one and one added later under the same name
 */
public record RedirectionEntry(Redirection redirection, long version) {
  public RedirectionEntry {
    requireNonNull(redirection, "redirection");
  }
}
