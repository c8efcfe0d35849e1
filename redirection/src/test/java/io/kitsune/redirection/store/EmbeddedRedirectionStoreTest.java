// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.redirection.Phase;
import io.kitsune.redirection.store.StoreLocation.EmbeddedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in a file of this machine, which several processes may open. */
class EmbeddedRedirectionStoreTest extends RedirectionStoreContract {
  @TempDir Path home;

  @Override
  StoreLocation location() {
    return new EmbeddedFile(home.resolve("state"));
  }

  @Test
  void keepsItsFolderToItself() throws IOException {
    assertThat(Files.getPosixFilePermissions(home.resolve("state")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void servesOtherProcessesOnLoopbackOnly() throws IOException {
    Properties lock = new Properties();
    try (var reader = Files.newBufferedReader(home.resolve("state/kitsune.lock.db"))) {
      lock.load(reader);
    }
    String server = lock.getProperty("server");
    int number = Integer.parseInt(server.substring(server.indexOf(':') + 1));
    String port = "%04X".formatted(number);
    // Linux's list of sockets: address and port in hexadecimal, state 0A is listening.
    String listening =
        Files.readString(Path.of("/proc/net/tcp")) + Files.readString(Path.of("/proc/net/tcp6"));
    assertThat(listening.lines())
        .filteredOn(line -> line.contains(" 0A ") && line.contains(":" + port + " "))
        .singleElement()
        .asString()
        .contains("0100007F:" + port);
  }

  @Test
  void outlivesTheInterruptionOfAThreadThatUsesIt() {
    RedirectionEntry entry = store.add(ORDERS, LAKE_ORDERS, Phase.PLANNED, "ana");
    Thread.currentThread().interrupt();
    RedirectionEntry moved;
    try {
      moved = store.changePhase(ORDERS, entry.version(), Phase.BRIDGED, "ana");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(store.current().find(ORDERS)).contains(moved.redirection());
    store.add(ITEMS, LAKE_ITEMS, Phase.PLANNED, "ana");
  }

  @Test
  void aChangeIsOnDiskWhenItsProcessIsKilled() throws Exception {
    store.close();
    try (OtherProcess other = OtherProcess.start(home.resolve("state"))) {
      other.ask("add spark_catalog.sales.orders lake.sales.orders");
      other.kill();
    }
    assertThat(open().list()).hasSize(1);
  }

  @Test
  void sharesItsFileWithAnotherProcess() throws Exception {
    try (OtherProcess other = OtherProcess.start(home.resolve("state"))) {
      RedirectionEntry entry = store.add(ORDERS, LAKE_ORDERS, Phase.VALIDATING, "ana");
      assertThat(other.ask("phase spark_catalog.sales.orders")).isEqualTo("validating");
      store.changePhase(ORDERS, entry.version(), Phase.MIGRATED, "ana");
      assertThat(other.ask("phase spark_catalog.sales.orders")).isEqualTo("migrated");
      other.ask("add spark_catalog.sales.items lake.sales.items");
      assertThat(store.current().find(ITEMS)).isPresent();
    }
  }

  @Test
  void goesOnWhenTheProcessThatServedItStops() throws Exception {
    store.close();
    try (OtherProcess server = OtherProcess.start(home.resolve("state"))) {
      server.ask("add spark_catalog.sales.orders lake.sales.orders");
      RedirectionStore guest = open();
      assertThat(guest.current().find(ORDERS)).isPresent();
      server.stop();
      assertThat(guest.current().find(ORDERS)).isPresent();
      guest.add(ITEMS, LAKE_ITEMS, Phase.PLANNED, "ana");
      assertThat(guest.list()).hasSize(2);
    }
  }

  @Test
  void goesOnWhenTheProcessThatServedItIsKilled() throws Exception {
    store.close();
    try (OtherProcess server = OtherProcess.start(home.resolve("state"))) {
      server.ask("add spark_catalog.sales.orders lake.sales.orders");
      RedirectionStore guest = open();
      assertThat(guest.current().find(ORDERS)).isPresent();
      server.kill();
      assertThat(guest.current().find(ORDERS)).isPresent();
      guest.add(ITEMS, LAKE_ITEMS, Phase.PLANNED, "ana");
      assertThat(guest.list()).hasSize(2);
    }
  }

  @Test
  void refusesAFolderItCannotUse() throws IOException {
    Path file = Files.createFile(home.resolve("file"));
    assertRefused(
        "REDIRECTION_STORE_UNAVAILABLE",
        () -> RedirectionStore.open(new EmbeddedFile(file)).close());
    assertThatThrownBy(() -> new EmbeddedFile(Path.of("relative")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EmbeddedFile(home.resolve("a;b")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
