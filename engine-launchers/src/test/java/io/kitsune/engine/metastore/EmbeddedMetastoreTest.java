// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.metastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.engine.process.TestArtifacts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.hive.metastore.api.CheckLockRequest;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.LockComponent;
import org.apache.hadoop.hive.metastore.api.LockLevel;
import org.apache.hadoop.hive.metastore.api.LockRequest;
import org.apache.hadoop.hive.metastore.api.LockResponse;
import org.apache.hadoop.hive.metastore.api.LockState;
import org.apache.hadoop.hive.metastore.api.LockType;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedMetastoreTest {
  @TempDir private Path home;
  private final Artifacts artifacts = TestArtifacts.shared();

  @Test
  void startsKeepsItsContentAndPortAndIsShared() throws Exception {
    List<String> lines = new ArrayList<>();
    URI uri;
    try (EmbeddedMetastore metastore = metastore();
        EmbeddedMetastore ofOtherGateway = metastore()) {
      uri = metastore.start(lines::add);
      assertThat(lines).contains("creating the Metastore's database (once)");
      assertThat(metastore.start(ProgressListener.NONE)).isEqualTo(uri);

      assertThat(ofOtherGateway.start(ProgressListener.NONE)).isEqualTo(uri);
      ofOtherGateway.close();
      assertThat(LoopbackPort.answers(uri.getPort())).as("stopped by a guest").isTrue();

      createDatabase(uri, "kept");
      assertThat(location(uri, "default")).endsWith("/warehouse");
    }
    assertThat(LoopbackPort.answers(uri.getPort())).isFalse();

    lines.clear();
    try (EmbeddedMetastore metastore = metastore()) {
      assertThat(metastore.start(lines::add)).isEqualTo(uri);
      assertThat(lines).doesNotContain("creating the Metastore's database (once)");
      assertThat(location(uri, "kept")).endsWith("/kept");

      killChild();
      await().atMost(Duration.ofSeconds(60)).until(() -> LoopbackPort.answers(uri.getPort()));
      assertThat(metastore.start(ProgressListener.NONE)).isEqualTo(uri);
      assertThat(location(uri, "kept")).endsWith("/kept");
      aLockEndsWithItsClient(uri);

      metastore.close();
      assertThatThrownBy(() -> metastore.start(ProgressListener.NONE))
          .extracting("code")
          .isEqualTo("ENGINE_CLOSED");
    }
  }

  private EmbeddedMetastore metastore() {
    return new EmbeddedMetastore(
        home, artifacts, JvmProgram.currentJavaHome(), Duration.ZERO, Duration.ofSeconds(3));
  }

  private void killChild() throws Exception {
    List<ProcessHandle> children =
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().commandLine().orElse("").contains(home.toString()))
            .toList();
    assertThat(children).hasSize(1);
    children.get(0).destroyForcibly();
    children.get(0).onExit().get(30, TimeUnit.SECONDS);
  }

  private void createDatabase(URI uri, String name) throws Exception {
    Database database =
        new Database(
            name, "", home.resolve("warehouse").resolve(name).toUri().toString(), Map.of());
    try (TSocket socket = new TSocket("127.0.0.1", uri.getPort(), 20_000)) {
      client(socket).create_database(database);
    }
  }

  private static String location(URI uri, String database) throws Exception {
    try (TSocket socket = new TSocket("127.0.0.1", uri.getPort(), 20_000)) {
      return client(socket).get_database(database).getLocationUri();
    }
  }

  /** As Iceberg locks a table for a commit. */
  private static void aLockEndsWithItsClient(URI uri) throws Exception {
    LockComponent table = new LockComponent(LockType.EXCL_WRITE, LockLevel.TABLE, "kept");
    table.setTablename("events");
    LockRequest request = new LockRequest(List.of(table), "user", "host");
    try (TSocket killed = new TSocket("127.0.0.1", uri.getPort(), 20_000)) {
      assertThat(client(killed).lock(request).getState()).isEqualTo(LockState.ACQUIRED);
    }
    try (TSocket socket = new TSocket("127.0.0.1", uri.getPort(), 20_000)) {
      ThriftHiveMetastore.Client next = client(socket);
      LockResponse wanted = next.lock(request);
      assertThat(wanted.getState()).isEqualTo(LockState.WAITING);

      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> next.check_lock(new CheckLockRequest(wanted.getLockid())).getState(),
              LockState.ACQUIRED::equals);
    }
  }

  private static ThriftHiveMetastore.Client client(TSocket socket) throws Exception {
    socket.open();
    return new ThriftHiveMetastore.Client(new TBinaryProtocol(socket));
  }
}
