// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.framework.imps.DefaultACLProvider;
import org.apache.curator.retry.BoundedExponentialBackoffRetry;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;

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
    if (settings.access() instanceof ZooKeeperAccess.Digest digest) {
      builder
          .authorization("digest", digest.credentials().read().getBytes(StandardCharsets.UTF_8))
          .aclProvider(rights(settings.access()));
    }
    return builder.build();
  }

  /** Who may do what with the nodes that are made. */
  static ACLProvider rights(ZooKeeperAccess access) {
    return access instanceof ZooKeeperAccess.Digest ? new OwnersOnly() : new DefaultACLProvider();
  }

  /** Whoever created a node may change it, everybody may read it. */
  private static final class OwnersOnly implements ACLProvider {
    @Override
    public List<ACL> getDefaultAcl() {
      // ZooKeeper asks whether the list contains null, which List.of and copyOf refuse to answer.
      List<ACL> rights = new ArrayList<>(ZooDefs.Ids.READ_ACL_UNSAFE);
      rights.addAll(ZooDefs.Ids.CREATOR_ALL_ACL);
      return rights;
    }

    @Override
    public List<ACL> getAclForPath(String path) {
      return getDefaultAcl();
    }
  }
}
