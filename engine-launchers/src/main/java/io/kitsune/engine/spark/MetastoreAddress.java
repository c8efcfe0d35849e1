// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.ProgressListener;
import java.net.URI;
import java.util.Optional;

/**
 * Where Spark finds the Hive Metastore; asked when Spark starts, so that it may start one first.
 */
@FunctionalInterface
public interface MetastoreAddress {
  /** No Metastore: tables live in Spark's memory and end with it. */
  MetastoreAddress NONE = listener -> Optional.empty();

  /** Its thrift URI, or several with commas between; empty if there is none. */
  Optional<String> uris(ProgressListener listener);

  /** One that runs already. */
  static MetastoreAddress of(URI uri) {
    return listener -> Optional.of(uri.toString());
  }
}
