// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import static java.util.Objects.requireNonNull;

import io.kitsune.secret.SecretReference;

/** Who the gateway is to ZooKeeper, and who may change its entries there. */
public sealed interface ZooKeeperAccess {

  /** Nobody; everybody may. */
  record Open() implements ZooKeeperAccess {}

  /**
   * A user of the digest scheme, who alone may change the entries; everybody may read them.
   *
   * @param credentials where {@code user:password} stands
   */
  record Digest(SecretReference credentials) implements ZooKeeperAccess {
    public Digest {
      requireNonNull(credentials, "credentials");
    }
  }
}
