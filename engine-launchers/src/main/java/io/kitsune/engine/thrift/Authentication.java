// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.thrift;

import static java.util.Objects.requireNonNull;

/** How a Thrift server lets clients in. */
public sealed interface Authentication {
  /** {@code hive.server2.authentication=NOSASL}. */
  record NoSasl() implements Authentication {}

  /**
   * SASL PLAIN with this password, whoever connects ({@code NONE} ignores it).
   *
   * @param password never shown or logged
   */
  record Plain(String password) implements Authentication {
    public Plain {
      requireNonNull(password, "password");
    }

    @Override
    public String toString() {
      return "Plain[password=***]";
    }
  }
}
