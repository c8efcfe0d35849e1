// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The 22 queries as Spark's own tests have them. */
final class TpchQueries {
  static final int COUNT = 22;

  private TpchQueries() {}

  /** Query {@code number}, counted from 1. */
  static String text(int number) {
    String name = "/tpch/q" + number + ".sql";
    try (InputStream query = TpchQueries.class.getResourceAsStream(name)) {
      return new String(query.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(name, e);
    }
  }
}
