// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.store.StoreLocation.PostgreSql;
import io.kitsune.secret.SecretReference;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store in PostgreSQL, where this machine has one. */
class PostgreSqlRedirectionStoreTest extends RedirectionStoreContract {
  private static final SecretReference SECRET = SecretReference.parse("env:PATH");

  private static PostgreSqlServer server;
  private PostgreSql database;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    Optional<Path> programs = PostgreSqlServer.programs();
    assumeTrue(programs.isPresent(), "no postgres program here: install PostgreSQL to run this");
    server = PostgreSqlServer.start(programs.get());
  }

  @AfterAll
  static void stopServer() throws IOException, InterruptedException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  @BeforeEach
  void openStore() {
    try {
      database = server.newDatabase();
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
    super.openStore();
  }

  @Override
  StoreLocation location() {
    return database;
  }

  @Test
  void goesOnWhenTheServerWasRestarted() throws Exception {
    store.add(ORDERS, LAKE_ORDERS, Phase.PLANNED, "ana");
    server.restart();
    assertThat(store.current().find(ORDERS)).isPresent();
  }

  @Test
  void saysWhereItCannotConnect() {
    PostgreSql nowhere = new PostgreSql("jdbc:postgresql://127.0.0.1:1/none", SECRET, SECRET);
    assertThatThrownBy(() -> RedirectionStore.open(nowhere))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> {
              assertThat(error.code()).isEqualTo("REDIRECTION_STORE_UNAVAILABLE");
              assertThat(error).hasMessageContaining("jdbc:postgresql://127.0.0.1:1/none");
              assertThat(error).hasMessageNotContaining(SECRET.read());
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://ana:hunter2@host/db",
        "jdbc:postgresql://host/db?user=ana&password=hunter2",
        "jdbc:postgresql://host/db?PASSWORD=hunter2",
        "jdbc:mysql://host/hunter2"
      })
  void refusesUrlsWithCredentialsAndOtherDatabases(String url) {
    assertThatThrownBy(() -> new PostgreSql(url, SECRET, SECRET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }
}
