// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.authentication.TokenSecret;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorWatcher;
import org.apache.zookeeper.WatchedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret in a node of ZooKeeper, where Kyuubi's servers find theirs ({@code
 * kyuubi.ha.zookeeper.engine.secure.secret.node}). It is watched; while ZooKeeper cannot be asked,
 * what was read last holds. Thread-safe.
 */
public final class SecretNode implements TokenSecret {
  private static final Logger LOG = LoggerFactory.getLogger(SecretNode.class);

  private final DiscoverySettings settings;
  private final String path;
  private final CuratorFramework client;
  private final CuratorWatcher watcher = this::changed;
  private volatile String last = "";

  private SecretNode(DiscoverySettings settings, String path) {
    this.settings = settings;
    this.path = path;
    this.client = ZooKeeperClients.create(settings);
  }

  /**
   * Opens it and reads it once.
   *
   * @param path of the node, from {@code /}
   * @throws KitsuneException {@code SECRET_UNAVAILABLE} where it cannot be read within the
   *     settings' patience, or is empty
   */
  public static SecretNode open(DiscoverySettings settings, String path) {
    SecretNode node = new SecretNode(settings, path);
    try {
      node.begin();
      return node;
    } catch (KitsuneException e) {
      node.close();
      throw e;
    }
  }

  private void begin() {
    client.start();
    try {
      if (!client.blockUntilConnected(
          (int) settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        throw unavailable("ZooKeeper cannot be reached", null);
      }
      look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the wait for ZooKeeper was interrupted", e);
    } catch (KitsuneException e) {
      throw e;
    } catch (Exception e) {
      // What Curator declares.
      throw unavailable(String.valueOf(e.getMessage()), e);
    }
    client
        .getConnectionStateListenable()
        .addListener(
            (connected, state) -> {
              if (state.isConnected()) {
                lookInBackground();
              }
            });
  }

  private void look() throws Exception {
    take(client.getData().usingWatcher(watcher).forPath(path));
    if (last.isEmpty()) {
      throw unavailable("the node is empty", null);
    }
  }

  private void take(byte[] data) {
    last = new String(data, StandardCharsets.UTF_8);
  }

  private void changed(WatchedEvent event) {
    if (event.getPath() != null) {
      LOG.info("the secret in {} was changed", path);
      lookInBackground();
    }
  }

  /** On Curator's own thread, which must not wait. */
  private void lookInBackground() {
    try {
      client
          .getData()
          .usingWatcher(watcher)
          .inBackground(
              (asked, answer) -> {
                if (answer.getData() != null && answer.getData().length > 0) {
                  take(answer.getData());
                } else {
                  LOG.error(
                      "the secret in {} cannot be read ({}); the last one holds",
                      path,
                      answer.getResultCode());
                }
              })
          .forPath(path);
    } catch (Exception e) {
      LOG.error("the secret in {} cannot be asked for; the last one holds", path, e);
    }
  }

  @Override
  public String read() {
    return last;
  }

  private KitsuneException unavailable(String why, Throwable cause) {
    return new KitsuneException(
        "SECRET_UNAVAILABLE",
        "F0000",
        "the secret of Kyuubi's tokens cannot be read from %s in ZooKeeper %s: %s"
            .formatted(path, settings.quorum(), why),
        cause);
  }

  @Override
  public void close() {
    client.close();
  }
}
