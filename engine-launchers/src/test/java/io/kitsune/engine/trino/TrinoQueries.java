// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.CursorReader;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.router.Dispatch;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Queries that tests ask Trino on the side. */
final class TrinoQueries {
  private static final Duration SOON = Duration.ofSeconds(60);

  private TrinoQueries() {}

  /** Queries that Trino itself says are not over, but for the one that asks. */
  static List<List<Object>> unfinished(TrinoLauncher launcher) {
    return read(
        launcher,
        TrinoContractStatements.query(
            """
            SELECT query_id, "user", state, query FROM system.runtime.queries
            WHERE state NOT IN ('FINISHED', 'FAILED') AND query NOT LIKE '%system.runtime%'
            """,
            Column.of("query_id", Simple.STRING),
            Column.of("user", Simple.STRING),
            Column.of("state", Simple.STRING),
            Column.of("query", Simple.STRING)));
  }

  /** All rows, as the user {@code tester}. */
  static List<List<Object>> read(TrinoLauncher launcher, Dispatch dispatch) {
    SessionSettings settings = new SessionSettings("side", "tester", 9, Map.of());
    try (EngineSession session = launcher.open(settings, ProgressListener.NONE)) {
      return read(session, dispatch);
    }
  }

  /** All rows. */
  static List<List<Object>> read(EngineSession session, Dispatch dispatch) {
    try (StatementExecution execution = session.execute(dispatch)) {
      execution.await(SOON);
      return CursorReader.of(execution.cursor(), ZoneOffset.UTC).readAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
