// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import io.kitsune.redirection.store.StoreDatabase;
import io.kitsune.redirection.store.StoreLocation;
import io.kitsune.redirection.store.StoreSchema;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** The store over a JDBC database, the same statements for each. */
final class JdbcHistoryStore implements HistoryStore {
  static final StoreSchema SCHEMA =
      new StoreSchema(
          "kitsune_history", "io/kitsune/router/history", "history", "HISTORY_UNAVAILABLE");

  private final StoreDatabase database;
  private final Clock clock;

  private JdbcHistoryStore(StoreDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  static JdbcHistoryStore open(StoreLocation location, Clock clock) {
    return new JdbcHistoryStore(StoreDatabase.open(location, SCHEMA), clock);
  }

  @Override
  public void append(List<HistoryEntry> entries) {
    if (!entries.isEmpty()) {
      database.append(
          handle -> {
            insert(handle, entries);
            return null;
          });
    }
  }

  private static void insert(Handle handle, List<HistoryEntry> entries) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO kitsune_history.statement (
              decided, fingerprint, text, user_name, real_user, address, client, kind,
              workload, workload_reason, tables, bytes, scan_rows, partition_predicate, engine, predicted_micros,
              elapsed_micros, result_rows, ended, error_code, candidates, vetoes,
              failed_attempts, run_micros, scan_files)
            VALUES (
              :decided, :fingerprint, :text, :user_name, :real_user, :address, :client, :kind,
              :workload,
              :workload_reason, :tables, :bytes, :scan_rows, :partition_predicate, :engine,
              :predicted_micros, :elapsed_micros, :result_rows, :ended, :error_code, :candidates,
              :vetoes, :failed_attempts, :run_micros, :scan_files)
            """);
    for (HistoryEntry entry : entries) {
      HistoryRows.bind(batch, entry);
      batch.add();
    }
    batch.execute();
  }

  @Override
  public long forget(HistoryRetention retention) {
    return database.append(
        handle -> {
          long old =
              handle
                  .createUpdate("DELETE FROM kitsune_history.statement WHERE decided < :oldest")
                  .bind("oldest", clock.instant().minus(retention.age()).atOffset(ZoneOffset.UTC))
                  .execute();
          // Of the identifiers none is ever used again, but some may be missing.
          long many =
              handle
                  .createUpdate(
                      """
                      DELETE FROM kitsune_history.statement WHERE id <= (
                        SELECT id FROM kitsune_history.statement
                        ORDER BY id DESC OFFSET :rows ROWS FETCH FIRST 1 ROW ONLY)
                      """)
                  .bind("rows", retention.rows())
                  .execute();
          return old + many;
        });
  }

  @Override
  public List<HistoryEntry> list(HistoryFilter filter) {
    StringBuilder text = new StringBuilder("SELECT * FROM kitsune_history.statement WHERE 1 = 1");
    filter.since().ifPresent(since -> text.append(" AND decided >= :since"));
    filter.user().ifPresent(user -> text.append(" AND user_name = :user"));
    filter.engine().ifPresent(engine -> text.append(" AND engine = :engine"));
    filter.fingerprint().ifPresent(print -> text.append(" AND fingerprint = :fingerprint"));
    text.append(" ORDER BY id DESC FETCH FIRST :limit ROWS ONLY");
    return database.read(
        handle -> {
          Query query = handle.createQuery(text.toString()).bind("limit", filter.limit());
          filter.since().ifPresent(since -> query.bind("since", since.atOffset(ZoneOffset.UTC)));
          filter.user().ifPresent(user -> query.bind("user", user));
          filter.engine().ifPresent(engine -> query.bind("engine", engine.id()));
          filter.fingerprint().ifPresent(print -> query.bind("fingerprint", print));
          return query.map((row, context) -> HistoryRows.entry(row)).list();
        });
  }

  @Override
  public List<HistoryEntry> runs(int limit) {
    // Bounded by identifiers first: without a run, no row must make the search longer.
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM (
                      SELECT * FROM kitsune_history.statement
                      ORDER BY id DESC FETCH FIRST :limit ROWS ONLY) newest
                    WHERE run_micros IS NOT NULL AND ended = 'finished' ORDER BY id
                    """)
                .bind("limit", limit)
                .map((row, context) -> HistoryRows.entry(row))
                .list());
  }

  @Override
  public void close() {
    database.close();
  }
}
