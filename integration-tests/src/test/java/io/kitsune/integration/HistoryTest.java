// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.router.Engine;
import io.kitsune.router.Workload;
import io.kitsune.router.history.HistoryEntry;
import io.kitsune.router.history.HistoryEntry.End;
import io.kitsune.router.history.HistoryFilter;
import io.kitsune.router.history.HistoryStore;
import io.kitsune.router.reading.NormalisedText;
import io.kitsune.router.reading.ReadingLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is kept of statements that a driver sends. */
@ExtendWith(LiveLake.class)
class HistoryTest {
  private static final String QUERY =
      "SELECT count(*) AS kept FROM tpch.nation WHERE n_name > '%s'";

  @Test
  void whatADriverSendsIsKeptWithoutItsConstants() throws SQLException {
    try (Connection connection = LiveLake.get().connect()) {
      connection.setClientInfo("ApplicationName", "DBeaver 25.1.0 - Main");
      run(connection, QUERY.formatted("hunter2"));
      run(connection, "SHOW TABLES IN tpch");
      assertThatThrownBy(() -> run(connection, "SELECT kept FROM tpch.nowhere WHERE x = 'hunter2'"))
          .isInstanceOf(SQLException.class);
    }

    HistoryEntry entry = newest(QUERY);
    assertThat(entry.text())
        .isEqualTo("select count (*) as kept from tpch.nation where n_name > ?");
    assertThat(entry.facts().user()).isEqualTo("tester");
    assertThat(entry.facts().realUser()).isEqualTo("tester");
    assertThat(entry.facts().address()).isEqualTo("127.0.0.1");
    assertThat(entry.facts().client()).isEqualTo("DBeaver 25.1.0 - Main");
    assertThat(entry.facts().workload().type()).isEqualTo(Workload.Type.INTERACTIVE);
    assertThat(entry.facts().tables()).containsExactly("spark_catalog.tpch.nation");
    assertThat(entry.facts().bytes()).isPresent();
    assertThat(entry.engine()).contains(Engine.DUCKDB);
    assertThat(entry.candidates()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(entry.rows()).isEqualTo(1);
    assertThat(entry.end()).isEqualTo(End.FINISHED);

    HistoryEntry failed = newest("SELECT kept FROM tpch.nowhere WHERE x = 'hunter2'");
    assertThat(failed.end()).isEqualTo(End.FAILED);
    assertThat(failed.errorCode()).isEqualTo("TABLE_OR_VIEW_NOT_FOUND");
    assertThat(failed.engine()).isEmpty();
    assertThat(failed.facts().address()).isEqualTo("127.0.0.1");
    assertThat(failed.text()).doesNotContain("hunter2");
    // What the gateway answers by itself is not kept.
    assertThat(list(HistoryFilter.newest(100)))
        .noneMatch(each -> each.text().startsWith("show tables"));
  }

  private static HistoryEntry newest(String text) {
    String fingerprint = NormalisedText.of(text, ReadingLimits.DEFAULT).fingerprint();
    HistoryFilter filter =
        new HistoryFilter(
            1, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(fingerprint));
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> list(filter), entries -> !entries.isEmpty())
        .get(0);
  }

  private static List<HistoryEntry> list(HistoryFilter filter) {
    try (HistoryStore store =
        HistoryStore.open(LiveLake.get().configuration().redirectionStore())) {
      return store.list(filter);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        statement.getResultSet().next();
      }
    }
  }
}
