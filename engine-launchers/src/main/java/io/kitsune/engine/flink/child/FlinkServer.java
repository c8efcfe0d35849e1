// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink.child;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.table.gateway.SqlGateway;
import org.apache.flink.table.gateway.service.context.DefaultContext;
import org.apache.flink.table.gateway.service.session.SessionManager;

/**
 * A Flink cluster and its SQL Gateway in one process: a cluster for each statement, as the
 * gateway's own local target makes, takes seconds every time.
 */
public final class FlinkServer {
  private FlinkServer() {}

  /**
   * {@code arguments[0]} is the file to hold a lock on, {@code arguments[1]} the number of slots;
   * the others are {@code key=value} of Flink's.
   */
  public static void main(String[] arguments) {
    try {
      serve(arguments);
    } catch (Throwable failure) {
      // Threads of Flink's would keep a process alive that nobody can use.
      failure.printStackTrace();
      System.exit(1);
    }
  }

  private static void serve(String[] arguments) throws Exception {
    SharedSecret.take();
    RunLock lock = RunLock.take(Path.of(arguments[0]));
    Configuration configuration = new Configuration();
    for (int i = 2; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      configuration.setString(
          arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
    }
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(Integer.parseInt(arguments[1]))
                .build());
    cluster.start();
    new TaskManagers(cluster).watch();
    URI address = cluster.getRestAddress().get();
    lock.publish(address);
    Configuration sessions = new Configuration(configuration);
    sessions.set(DeploymentOptions.TARGET, "remote");
    sessions.set(RestOptions.ADDRESS, address.getHost());
    sessions.set(RestOptions.PORT, address.getPort());
    SqlGateway gateway =
        new SqlGateway(sessions, SessionManager.create(new DefaultContext(sessions, List.of())));
    gateway.start();
    gateway.waitUntilStop();
  }
}
