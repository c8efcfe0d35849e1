// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.engine.EngineContract;
import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class DuckDbContractTest extends EngineContract {
  DuckDbContractTest() {
    super(new DuckDbContractStatements());
  }

  @TempDir private static Path temporary;
  private static DuckDbLauncher launcher;

  @BeforeAll
  static void start() {
    launcher = new DuckDbLauncher(DuckDbSettings.defaults(temporary));
  }

  @AfterAll
  static void stop() {
    launcher.close();
    assertThat(temporary).isEmptyDirectory();
  }

  @Override
  protected EngineLauncher launcher() {
    return launcher;
  }

  /** Connections, but for the one they are made from and the one that asks. */
  @Override
  protected List<Long> listed() throws SQLException {
    try (EngineSession session = launcher.open(settings("side"), ProgressListener.NONE);
        Connection connection = ((DuckDbSession) session).instance().connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT count::BIGINT - 2 FROM duckdb_connection_count()")) {
      assertThat(result.next()).isTrue();
      return LongStream.range(0, result.getLong(1)).boxed().toList();
    }
  }

  @Override
  protected int many() {
    return 1_000;
  }

  /** It runs in the gateway, and has no name for a query. */
  @Override
  protected String statementName() {
    return "";
  }

  @Override
  protected void assertNothingIsLeft() {
    assertThat(launcher.openStatements()).isZero();
    assertThat(launcher.resultBytes()).isZero();
  }

  @Override
  protected long heldBytes() {
    return launcher.resultBytes();
  }
}
