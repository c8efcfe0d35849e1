// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import io.kitsune.gateway.discovery.DiscoverySettings.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.RetryLoop;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.framework.api.CuratorWatcher;
import org.apache.curator.utils.ZKPaths;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes of one gateway, one at each place. Used by one thread. */
final class RegisteredNodes {
  private static final Logger LOG = LoggerFactory.getLogger(RegisteredNodes.class);
  private static final long NO_SESSION = 0;

  private final CuratorFramework client;
  private final List<Place> places;
  private final ServiceAddress address;
  private final ACLProvider rights;
  private final CuratorWatcher watcher;
  private final List<String> paths = new ArrayList<>();
  private long session = NO_SESSION;

  /**
   * @param rights who may do what with the nodes
   * @param changed run on ZooKeeper's thread when a node was deleted or touched
   */
  RegisteredNodes(
      CuratorFramework client,
      List<Place> places,
      ServiceAddress address,
      ACLProvider rights,
      Runnable changed) {
    this.client = client;
    this.places = places;
    this.address = address;
    this.rights = rights;
    this.watcher =
        event -> {
          if (event.getType() != Watcher.Event.EventType.None) {
            changed.run();
          }
        };
  }

  /** Whether the nodes were made in the session that lasts now. */
  boolean ofThisSession() throws Exception {
    return session == currentSession();
  }

  /**
   * Makes the nodes. If it fails half-way, they do not count as this session's: delete and repeat.
   */
  void create() throws Exception {
    long current = currentSession();
    byte[] data = address.toString().getBytes(StandardCharsets.UTF_8);
    for (Place place : places) {
      paths.add(create(place, data));
      deleteTwins(place, current);
    }
    session = current;
  }

  /**
   * Through ZooKeeper's own client: Curator's call asks for the new node's state too, which
   * ZooKeeper before 3.5 does not know, and the one inside Kyuubi's server is of 3.4.
   */
  private String create(Place place, byte[] data) throws Exception {
    String node = place.node(address);
    return RetryLoop.callWithRetry(
        client.getZookeeperClient(),
        () -> {
          ZooKeeper keeper = client.getZookeeperClient().getZooKeeper();
          ZKPaths.mkdirs(keeper, place.path(), true, rights);
          return keeper.create(
              node, data, rights.getAclForPath(node), CreateMode.EPHEMERAL_SEQUENTIAL);
        });
  }

  /** The path of a node that is gone, or null; the others are watched. */
  String missing() throws Exception {
    for (String path : paths) {
      if (client.checkExists().usingWatcher(watcher).forPath(path) == null) {
        return path;
      }
    }
    return null;
  }

  /** Deletes what is there; also what an earlier session left behind. */
  void delete() throws Exception {
    for (String path : paths) {
      deleteIfThere(path);
    }
    paths.clear();
    session = NO_SESSION;
  }

  /**
   * A create whose answer got lost was repeated, and left a node that nobody knows. The name must
   * be exactly Kyuubi's, so Curator's own protection, a prefix, is out of the question.
   */
  private void deleteTwins(Place place, long current) throws Exception {
    for (String child : client.getChildren().forPath(place.path())) {
      String path = place.path() + "/" + child;
      if (path.startsWith(place.node(address)) && !paths.contains(path)) {
        Stat stat = client.checkExists().forPath(path);
        if (stat != null && stat.getEphemeralOwner() == current) {
          deleteIfThere(path);
        }
      }
    }
  }

  private void deleteIfThere(String path) throws Exception {
    try {
      client.delete().forPath(path);
    } catch (KeeperException.NoNodeException e) {
      LOG.debug("{} went with its session, or somebody was faster", path, e);
    }
  }

  private long currentSession() throws Exception {
    return client.getZookeeperClient().getZooKeeper().getSessionId();
  }
}
