// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.doctor.Finding.State;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineChecksTest {
  @TempDir Path folder;
  private final Map<String, String> keys = new HashMap<>();

  private Finding finding(String subject) {
    keys.putIfAbsent("kitsune.home", folder.resolve("home").toString());
    keys.putIfAbsent("kitsune.frontend.port", "0");
    keys.putIfAbsent("kitsune.rest.port", "0");
    return new MachineChecks(KitsuneConfiguration.load(Optional.empty(), keys))
        .run().stream().filter(found -> found.subject().equals(subject)).findFirst().orElseThrow();
  }

  @Test
  void aJavaThatIsTooOldIsToBeMended() {
    assertThat(MachineChecks.java(Runtime.Version.parse("11.0.2")))
        .satisfies(found -> assertThat(found.state()).isEqualTo(State.BAD))
        .satisfies(found -> assertThat(found.advice()).contains("17", "KITSUNE_JAVA_HOME"));
    assertThat(finding("java").state()).isEqualTo(State.GOOD);
  }

  @Test
  void aFolderThatCannotBeMadeIsToBeMended() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    keys.put("kitsune.home", file.resolve("home").toString());

    Finding home = finding("kitsune.home");

    assertThat(home.state()).isEqualTo(State.BAD);
    assertThat(home.fact()).contains(file.toString());
    assertThat(home.advice()).contains("kitsune.home");
  }

  @Test
  void aHomeThatOthersMayReadIsNoted() throws Exception {
    Path home = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    keys.put("kitsune.home", home.toString());

    // A machine with little space says that first.
    assertThat(finding("kitsune.home").state()).isNotEqualTo(State.GOOD);
  }

  @ParameterizedTest
  @CsvSource({
    "port,kitsune.frontend.port",
    "REST port,kitsune.rest.port",
    "metrics port,kitsune.metrics.port"
  })
  void aPortThatIsTakenIsNoted(String subject, String key) throws Exception {
    keys.put("kitsune.metrics.enabled", "true");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      keys.put(key, Integer.toString(taken.getLocalPort()));

      Finding port = finding(subject);

      assertThat(port.state()).isEqualTo(State.NOTE);
      assertThat(port.fact()).contains(Integer.toString(taken.getLocalPort()));
      assertThat(port.advice()).contains(key);
    }
    keys.put(key, "0");
    assertThat(finding(subject).state()).isEqualTo(State.GOOD);
  }

  @Test
  void anAddressThatOthersReachNeedsAuthentication() {
    keys.put("kitsune.frontend.host", "0.0.0.0");

    assertThat(finding("authentication").state()).isEqualTo(State.BAD);
    assertThat(finding("authentication").fact()).contains("AUTHENTICATION_REQUIRED");
  }

  @Test
  void aZooKeeperThatIsNotThereIsToBeMended() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      nobody = free.getLocalPort();
    }
    keys.put("kitsune.discovery.quorum", "127.0.0.1:" + nobody);
    keys.put("kitsune.discovery.timeout", "1s");

    Finding zooKeeper = finding("zookeeper");

    assertThat(zooKeeper.state()).isEqualTo(State.BAD);
    assertThat(zooKeeper.fact()).contains("DISCOVERY_UNAVAILABLE", "127.0.0.1:" + nobody);
  }
}
