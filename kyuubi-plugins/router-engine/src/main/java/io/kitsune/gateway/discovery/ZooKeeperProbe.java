// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import io.kitsune.error.KitsuneException;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;

/** Asks whether ZooKeeper is there and takes the credentials, and changes nothing in it. */
final class ZooKeeperProbe {
  private ZooKeeperProbe() {}

  static void run(DiscoverySettings settings) {
    try (CuratorFramework client = ZooKeeperClients.create(settings)) {
      client.start();
      if (!client.blockUntilConnected(
          (int) settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        throw unavailable(settings, "it cannot be reached", null);
      }
      client.checkExists().forPath("/");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(settings, "the wait for it was interrupted", e);
    } catch (KitsuneException e) {
      throw e;
    } catch (Exception e) {
      // What Curator declares.
      throw unavailable(settings, String.valueOf(e.getMessage()), e);
    }
  }

  private static KitsuneException unavailable(
      DiscoverySettings settings, String why, Throwable cause) {
    return new KitsuneException(
        "DISCOVERY_UNAVAILABLE",
        "08001",
        "ZooKeeper %s: %s; check kitsune.discovery.quorum and the credentials"
            .formatted(settings.quorum(), why),
        cause);
  }
}
