// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.CursorReader;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A launcher for each test, Parquet files to read, and a look at what is left at the end. */
abstract class DuckDbTestBase {
  static final Duration SOON = Duration.ofSeconds(60);
  static final Column N = Column.of("n", Simple.BIGINT);

  @TempDir Path folder;
  private DuckDbLauncher launcher;
  private EngineSession session;

  DuckDbLauncher launcher() {
    return launcher;
  }

  Path temporary() {
    return folder.resolve("temporary");
  }

  EngineSession session() {
    if (session == null) {
      open(DuckDbSettings.defaults(temporary()));
    }
    return session;
  }

  void open(DuckDbSettings settings) {
    launcher = new DuckDbLauncher(settings);
    session =
        launcher.open(new SessionSettings("test", "tester", 9, Map.of()), ProgressListener.NONE);
  }

  @AfterEach
  void nothingIsLeft() {
    if (launcher != null) {
      session.close();
      assertThat(launcher.openStatements()).isZero();
      assertThat(launcher.resultBytes()).isZero();
      launcher.close();
      assertThat(temporary()).isEmptyDirectory();
    }
  }

  /** Writes a Parquet file with another DuckDB, and returns its path. */
  String parquet(String name, String query) throws SQLException {
    Path file = folder.resolve(name);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (%s) TO '%s' (FORMAT parquet)"
              .formatted(query, file.toString().replace("'", "''")));
    }
    return file.toString();
  }

  static Dispatch.DuckDbQuery query(String text, Set<String> files, Column... columns) {
    return new Dispatch.DuckDbQuery(text, List.of(columns), files, "UTC");
  }

  List<List<Object>> read(Dispatch dispatch) {
    try (StatementExecution execution = session().execute(dispatch)) {
      execution.await(SOON);
      return CursorReader.of(execution.cursor(), ZoneOffset.UTC).readAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  KitsuneException failure(Dispatch dispatch) {
    KitsuneException failure = catchThrowableOfType(KitsuneException.class, () -> read(dispatch));
    assertThat(failure).as("the error of " + dispatch.text()).isNotNull();
    return failure;
  }

  /** The files as read_parquet's first argument. */
  static String list(String... patterns) {
    return Arrays.stream(patterns)
        .map(pattern -> "'" + pattern.replace("'", "''") + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
