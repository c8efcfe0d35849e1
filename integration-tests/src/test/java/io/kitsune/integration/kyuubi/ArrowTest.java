// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kyuubi.jdbc.hive.KyuubiArrowQueryResultSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Results as Arrow through a stock Kyuubi. */
@NeedsKyuubi
@ExtendWith(KyuubiStack.class)
class ArrowTest {
  private static final String ARROW = "kyuubi.operation.result.format=arrow";

  /** Or an error, if DuckDB may not have it. */
  private static final String DUCKDB = "kitsune.engine=duckdb";

  private static final String QUERY =
      "SELECT 1 AS i, 2147483648 AS l, CAST(1.5 AS DECIMAL(20, 3)) AS n, 'text' AS t, true AS b"
          + " UNION ALL SELECT 2, CAST(NULL AS BIGINT), CAST(NULL AS DECIMAL(20, 3)),"
          + " CAST(NULL AS STRING), CAST(NULL AS BOOLEAN)"
          + " UNION ALL SELECT 3, -1L, CAST(-0.001 AS DECIMAL(20, 3)), 'ü', false"
          + " ORDER BY i";

  @Test
  void aDriverThatAsksGetsArrowAndTheSameRows() throws Exception {
    StockKyuubi kyuubi = KyuubiStack.get().kyuubi();
    try (Connection asking = kyuubi.connect(ARROW, DUCKDB);
        Connection other = kyuubi.connect()) {
      Answer arrow = Answer.of(asking, QUERY);
      Answer rows = Answer.of(other, QUERY);
      assertThat(arrow.arrow()).isTrue();
      assertThat(rows.arrow()).isFalse();
      assertThat(arrow.rows()).hasSize(3).isEqualTo(rows.rows());
      // Types that the driver would show otherwise come as rows.
      String dates = "SELECT DATE '2026-11-23' AS day";
      assertThat(Answer.of(asking, dates)).isEqualTo(Answer.of(other, dates));
    }
  }

  /** What a driver read, and whether it came as Arrow. */
  private record Answer(boolean arrow, List<List<Object>> rows) {
    static Answer of(Connection connection, String query) throws SQLException {
      List<List<Object>> rows = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(query)) {
        int width = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<Object> row = new ArrayList<>();
          for (int i = 1; i <= width; i++) {
            row.add(result.getObject(i));
          }
          rows.add(row);
        }
        return new Answer(result instanceof KyuubiArrowQueryResultSet, rows);
      }
    }
  }
}
