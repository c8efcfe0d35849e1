// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kitsune.redirection.store.PostgreSqlServer;
import io.kitsune.redirection.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The history in PostgreSQL, where this machine has one. */
class PostgreSqlHistoryStoreTest extends HistoryStoreContract {
  private static PostgreSqlServer server;

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
  StoreLocation location() throws Exception {
    return server.newDatabase();
  }
}
