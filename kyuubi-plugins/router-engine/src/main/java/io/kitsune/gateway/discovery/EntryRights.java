// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/** Who may do what with the nodes that are made. */
final class EntryRights implements ACLProvider {
  private final List<ACL> rights;

  private EntryRights(List<ACL> rights) {
    this.rights = rights;
  }

  /** As the settings say. */
  static ACLProvider of(DiscoverySettings settings) {
    List<ACL> rights = new ArrayList<>();
    if (settings.access() instanceof ZooKeeperAccess.Open) {
      rights.addAll(ZooDefs.Ids.OPEN_ACL_UNSAFE);
    } else {
      rights.addAll(ZooDefs.Ids.READ_ACL_UNSAFE);
      rights.addAll(ZooDefs.Ids.CREATOR_ALL_ACL);
      for (String administrator : settings.administrators()) {
        int colon = administrator.indexOf(':');
        rights.add(
            new ACL(
                ZooDefs.Perms.ALL,
                new Id(administrator.substring(0, colon), administrator.substring(colon + 1))));
      }
    }
    return new EntryRights(rights);
  }

  @Override
  public List<ACL> getDefaultAcl() {
    // A copy that may be asked whether it contains null, which ZooKeeper does and List.of refuses.
    return new ArrayList<>(rights);
  }

  @Override
  public List<ACL> getAclForPath(String path) {
    return getDefaultAcl();
  }
}
