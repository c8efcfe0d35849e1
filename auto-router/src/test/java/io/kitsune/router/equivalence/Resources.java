// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts from the class path. */
final class Resources {
  private Resources() {}

  static String text(String name) {
    try (InputStream stream = Resources.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalArgumentException("no such resource: " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The statements of a file, each ended by a semicolon at the end of a line. */
  static List<String> statements(String name) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : text(name).lines().toList()) {
      if (!line.startsWith("--")) {
        statement.append(line).append('\n');
        if (line.endsWith(";")) {
          String sql = statement.toString().strip();
          statements.add(sql.substring(0, sql.length() - 1));
          statement.setLength(0);
        }
      }
    }
    return statements;
  }
}
