// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import io.kitsune.engine.kyuubi.KyuubiServers;
import io.kitsune.error.KitsuneException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kyuubi servers that are registered in ZooKeeper, as its JDBC driver finds them: each has a
 * node below the namespace, with its address as data. While ZooKeeper does not answer, those that
 * were there last are believed to be there still. Thread-safe.
 */
public final class ServersInZooKeeper implements KyuubiServers {
  private static final Logger LOG = LoggerFactory.getLogger(ServersInZooKeeper.class);
  private static final String NODE = "serverUri=";
  private static final String HOST = "hive.server2.thrift.bind.host";
  private static final String PORT = "hive.server2.thrift.port";
  private static final int RETRY_MILLIS = 200;

  private final String quorum;
  private final String path;
  private final CuratorFramework client;
  private List<Server> last = List.of();
  private boolean asked;

  private ServersInZooKeeper(String quorum, String path, CuratorFramework client) {
    this.quorum = quorum;
    this.path = path;
    this.client = client;
  }

  /**
   * Begins to connect.
   *
   * @param quorum {@code host:port}, several with commas between
   * @param namespace the servers' {@code kyuubi.ha.namespace}
   * @param patience how long an answer may take
   */
  public static ServersInZooKeeper at(String quorum, String namespace, Duration patience) {
    int limit = Math.toIntExact(patience.toMillis());
    CuratorFramework client =
        CuratorFrameworkFactory.builder()
            .connectString(quorum)
            .sessionTimeoutMs(limit)
            .connectionTimeoutMs(limit)
            // Asks for the quorum's configuration, which ZooKeeper 3.4 does not have.
            .ensembleTracker(false)
            .retryPolicy(new RetryOneTime(RETRY_MILLIS))
            .build();
    client.start();
    return new ServersInZooKeeper(quorum, "/" + namespace, client);
  }

  @Override
  public synchronized List<Server> now() {
    try {
      last = read();
      asked = true;
      return last;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    } catch (Exception e) {
      // What Curator declares.
      if (!asked) {
        throw unavailable(e);
      }
      LOG.warn("ZooKeeper {} does not answer; the Kyuubi servers are as they were", quorum, e);
      return last;
    }
  }

  private List<Server> read() throws Exception {
    List<Server> servers = new ArrayList<>();
    try {
      for (String child : client.getChildren().forPath(path)) {
        if (child.startsWith(NODE)) {
          data(path + "/" + child).flatMap(ServersInZooKeeper::server).ifPresent(servers::add);
        }
      }
    } catch (KeeperException.NoNodeException e) {
      LOG.debug("no Kyuubi server has ever been registered below {}", path, e);
    }
    return List.copyOf(servers);
  }

  private Optional<String> data(String node) throws Exception {
    try {
      return Optional.of(new String(client.getData().forPath(node), StandardCharsets.UTF_8));
    } catch (KeeperException.NoNodeException e) {
      LOG.debug("{} went away meanwhile", node, e);
      return Optional.empty();
    }
  }

  /** {@code host:port}, or keys for HiveServer2's driver with semicolons between. */
  private static Optional<Server> server(String data) {
    try {
      if (data.contains("=")) {
        Map<String, String> keys = new TreeMap<>();
        for (String pair : data.split(";", -1)) {
          int equals = pair.indexOf('=');
          keys.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return Optional.of(new Server(keys.get(HOST), Integer.parseInt(keys.get(PORT))));
      }
      int colon = data.lastIndexOf(':');
      return Optional.of(
          new Server(data.substring(0, colon), Integer.parseInt(data.substring(colon + 1))));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | NullPointerException e) {
      LOG.warn("A node of a Kyuubi server has no address that can be read: {}", data, e);
      return Optional.empty();
    }
  }

  private KitsuneException unavailable(Exception cause) {
    return new KitsuneException(
        "ENGINE_UNAVAILABLE",
        "08001",
        "ZooKeeper %s, which knows Kyuubi's servers, does not answer: %s"
            .formatted(quorum, cause.getMessage()),
        cause);
  }

  @Override
  public String place() {
    return "ZooKeeper " + quorum + path;
  }

  @Override
  public void close() {
    client.close();
  }
}
