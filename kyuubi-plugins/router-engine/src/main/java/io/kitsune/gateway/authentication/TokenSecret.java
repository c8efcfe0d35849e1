// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.authentication;

import io.kitsune.error.KitsuneException;

/** The secret that Kyuubi's servers and engines share. Thread-safe. */
@FunctionalInterface
public interface TokenSecret extends AutoCloseable {
  /**
   * The secret as it is now; never empty.
   *
   * @throws KitsuneException {@code SECRET_UNAVAILABLE} where there is none
   */
  String read();

  @Override
  default void close() {}
}
