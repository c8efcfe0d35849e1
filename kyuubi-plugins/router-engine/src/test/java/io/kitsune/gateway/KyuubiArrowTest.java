// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Kyuubi's JDBC driver, as it is. */
class KyuubiArrowTest extends ArrowContract {
  @Override
  Connection connect(String authority, String settings) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:kyuubi://" + authority + "/default;?" + settings, "alice", "secret");
  }

  @Test
  void readsAMillionRows() throws Exception {
    assertThat(alike(MILLION, "", 3_001)).isEqualTo(1_000_000);
  }
}
