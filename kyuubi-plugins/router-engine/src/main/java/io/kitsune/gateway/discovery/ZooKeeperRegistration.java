// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the entries in step with ZooKeeper. Whatever happens there ends in one question, asked on
 * one thread: is this still the session that made the entries? If so, an entry that is missing was
 * deleted by somebody. If not, ZooKeeper dropped them with the session, and new ones are made.
 */
final class ZooKeeperRegistration implements ServiceRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperRegistration.class);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final DiscoverySettings settings;
  private final DrainListener listener;
  private final CuratorFramework client;
  private final RegisteredNodes nodes;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "kitsune-discovery");
            made.setDaemon(true);
            return made;
          });

  private volatile boolean registered;
  // Of the one thread:
  private boolean finished;
  private boolean retrying;

  private ZooKeeperRegistration(
      DiscoverySettings settings, ServiceAddress address, DrainListener listener) {
    this.settings = settings;
    this.listener = listener;
    this.client = ZooKeeperClients.create(settings);
    this.nodes =
        new RegisteredNodes(
            client,
            settings.places(),
            address,
            EntryRights.of(settings),
            () -> onThread(this::check));
  }

  static ZooKeeperRegistration start(
      DiscoverySettings settings, ServiceAddress address, DrainListener listener) {
    ZooKeeperRegistration registration = new ZooKeeperRegistration(settings, address, listener);
    try {
      registration.begin();
      return registration;
    } catch (KitsuneException e) {
      registration.close();
      throw e;
    }
  }

  @Override
  public boolean registered() {
    return registered;
  }

  @Override
  public void close() {
    try {
      await(
          thread.submit(
              () -> {
                // On the one thread, where no check can contradict it afterwards.
                finished = true;
                registered = false;
                // Without a connection there is no point in waiting for one.
                if (client.getZookeeperClient().isConnected()) {
                  nodes.delete();
                }
                return null;
              }));
    } catch (RejectedExecutionException e) {
      LOG.debug("the registration was closed before", e);
      return;
    } catch (KitsuneException e) {
      LOG.warn("the entries in ZooKeeper go with its session, not at once", e);
    }
    registered = false;
    thread.shutdownNow();
    // Ends the session, and with it whatever could not be deleted.
    client.close();
  }

  private void begin() {
    client.start();
    try {
      if (!client.blockUntilConnected(
          (int) settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        throw unavailable("it cannot be reached", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the wait for it was interrupted", e);
    }
    await(
        thread.submit(
            () -> {
              nodes.create();
              registered = nodes.missing() == null;
              return null;
            }));
    client
        .getConnectionStateListenable()
        .addListener((connected, state) -> connectionChanged(state));
    // What changed before there was a listener.
    onThread(this::check);
  }

  private void connectionChanged(ConnectionState state) {
    if (state.isConnected()) {
      onThread(this::check);
    } else {
      registered = false;
      LOG.warn("ZooKeeper {}: {}", settings.quorum(), state);
    }
  }

  private void check() {
    if (finished) {
      return;
    }
    try {
      if (!nodes.ofThisSession()) {
        LOG.warn("ZooKeeper's session was lost: registering again");
        nodes.delete();
        nodes.create();
      }
      String missing = nodes.missing();
      if (missing != null && !nodes.ofThisSession()) {
        // The session was lost while the question was on its way: a new one was answered, which
        // never had the entry. Nobody deleted it.
        onThread(this::check);
        return;
      }
      registered = missing == null;
      if (missing != null) {
        drain(missing);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      registered = false;
      LOG.warn("ZooKeeper {} cannot be asked, trying again in {}", settings.quorum(), RETRY, e);
      retry();
    }
  }

  private void drain(String missing) throws InterruptedException {
    finished = true;
    LOG.info("{} was deleted: this gateway takes no new sessions", missing);
    try {
      // Other servers should not send any either.
      nodes.delete();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      LOG.warn("the other entries in ZooKeeper go when this gateway stops", e);
    } finally {
      listener.drain(missing);
    }
  }

  private void retry() {
    if (retrying) {
      return;
    }
    retrying = true;
    schedule(
        () -> {
          retrying = false;
          check();
        },
        RETRY);
  }

  private void onThread(Runnable task) {
    schedule(task, Duration.ZERO);
  }

  private void schedule(Runnable task, Duration delay) {
    try {
      Future<?> ignored = thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed meanwhile", e);
    }
  }

  private void await(Future<?> task) {
    try {
      task.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unavailable(String.valueOf(e.getCause().getMessage()), e.getCause());
    } catch (TimeoutException e) {
      task.cancel(true);
      throw unavailable("it did not answer within " + settings.patience(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the wait for it was interrupted", e);
    }
  }

  private KitsuneException unavailable(String why, Throwable cause) {
    return new KitsuneException(
        "DISCOVERY_UNAVAILABLE",
        "08001",
        "cannot register in ZooKeeper %s: %s; check its address and credentials"
            .formatted(settings.quorum(), why),
        cause);
  }
}
