// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import io.kitsune.error.KitsuneException;

/** The gateway's entries where Kyuubi looks for engines. Thread-safe. */
public interface ServiceRegistration extends AutoCloseable {

  /**
   * Registers in ZooKeeper, and keeps it so: a lost session is followed by new entries.
   *
   * @param address what others connect to; it must be listening already
   * @throws KitsuneException {@code DISCOVERY_UNAVAILABLE} (08001) where ZooKeeper does not take
   *     the entries within the settings' patience
   */
  static ServiceRegistration inZooKeeper(
      DiscoverySettings settings, ServiceAddress address, DrainListener listener) {
    return ZooKeeperRegistration.start(settings, address, listener);
  }

  /**
   * Asks whether ZooKeeper could be registered in; leaves nothing behind.
   *
   * @throws KitsuneException {@code DISCOVERY_UNAVAILABLE} (08001) where it does not answer within
   *     the settings' patience
   */
  static void probe(DiscoverySettings settings) {
    ZooKeeperProbe.run(settings);
  }

  /** Whether every entry stood when ZooKeeper was last heard of, and it can be heard now. */
  boolean registered();

  /** Deletes the entries at once. A second call does nothing. */
  @Override
  void close();
}
