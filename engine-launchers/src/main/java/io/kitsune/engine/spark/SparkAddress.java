// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.thrift.ThriftAddress;
import java.util.Optional;

/**
 * Spark's Thrift server.
 *
 * @param progress where it says how far its statements are, if it does
 */
record SparkAddress(ThriftAddress server, Optional<ProgressAddress> progress) {
  SparkAddress {
    requireNonNull(server, "server");
  }

  @Override
  public String toString() {
    return server.toString();
  }
}
