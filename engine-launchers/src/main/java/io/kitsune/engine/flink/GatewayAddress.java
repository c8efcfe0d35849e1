// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * A SQL Gateway and how to be let in.
 *
 * @param secret what one started here wants to see; never shown or logged
 * @param jobManager the REST server of its cluster, which wants the same secret; empty where it is
 *     not known
 */
record GatewayAddress(URI uri, Optional<String> secret, Optional<URI> jobManager) {
  GatewayAddress {
    requireNonNull(uri, "uri");
    requireNonNull(secret, "secret");
    requireNonNull(jobManager, "jobManager");
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
