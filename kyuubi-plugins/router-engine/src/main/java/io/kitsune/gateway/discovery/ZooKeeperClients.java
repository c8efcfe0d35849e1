// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import java.nio.charset.StandardCharsets;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.BoundedExponentialBackoffRetry;
import org.apache.zookeeper.client.ZKClientConfig;

/** Makes ZooKeeper clients. */
final class ZooKeeperClients {
  private static final int FIRST_PAUSE_MILLIS = 100;
  private static final int LONGEST_PAUSE_MILLIS = 1_000;
  private static final int RETRIES = 3;

  private ZooKeeperClients() {}

  /** A client that is not started yet. */
  static CuratorFramework create(DiscoverySettings settings) {
    CuratorFrameworkFactory.Builder builder =
        CuratorFrameworkFactory.builder()
            .connectString(settings.quorum())
            .sessionTimeoutMs((int) settings.sessionTimeout().toMillis())
            .connectionTimeoutMs((int) settings.patience().toMillis())
            // Asks for the quorum's configuration, which ZooKeeper 3.4 does not have.
            .ensembleTracker(false)
            .retryPolicy(
                new BoundedExponentialBackoffRetry(
                    FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS, RETRIES));
    builder.zkClientConfig(login(settings.access()));
    if (settings.access() instanceof ZooKeeperAccess.Digest digest) {
      builder.authorization("digest", digest.credentials().read().getBytes(StandardCharsets.UTF_8));
    }
    return builder.aclProvider(EntryRights.of(settings)).build();
  }

  private static ZKClientConfig login(ZooKeeperAccess access) {
    if (access instanceof ZooKeeperAccess.SaslDigest digest) {
      return SaslLogin.of(digest);
    }
    if (access instanceof ZooKeeperAccess.Kerberos kerberos) {
      return SaslLogin.of(kerberos);
    }
    return SaslLogin.none();
  }
}
