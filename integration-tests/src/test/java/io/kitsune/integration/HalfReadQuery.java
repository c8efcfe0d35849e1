// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A result of which a client has read the first rows, and reads on when its engine is lost. */
final class HalfReadQuery implements AutoCloseable {
  private static final int FIRST_ROWS = 1_500;

  private final Connection connection;
  private final Statement statement;
  private final ResultSet rows;
  private final Set<Long> read = new HashSet<>();

  /** Reads the first rows of a query. */
  HalfReadQuery(KillableLake lake, String text) throws SQLException {
    connection = lake.connect();
    statement = connection.createStatement();
    statement.setFetchSize(1_000);
    rows = statement.executeQuery(text);
    for (int i = 0; i < FIRST_ROWS; i++) {
      assertThat(readRow()).as("there are %d rows", FIRST_ROWS).isTrue();
    }
  }

  /** Reads on to the error; empty if the result has come to its end. */
  Optional<SQLException> readOn() {
    try {
      while (readRow()) {
        // To its end.
      }
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(e);
    }
  }

  /** How many rows the client has. */
  int read() {
    return read.size();
  }

  private boolean readRow() throws SQLException {
    if (!rows.next()) {
      return false;
    }
    long id = rows.getLong(1);
    assertThat(read.add(id)).as("row %d comes once", id).isTrue();
    assertThat(rows.getString(2)).isEqualTo(text(id));
    return true;
  }

  /** The start of the text that the tables have with an id. */
  private static String text(long id) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      byte[] digest = md5.digest(Long.toString(id).getBytes(StandardCharsets.US_ASCII));
      return "%032x".formatted(new BigInteger(1, digest));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has MD5", e);
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection;
        statement) {
      rows.close();
    }
  }
}
