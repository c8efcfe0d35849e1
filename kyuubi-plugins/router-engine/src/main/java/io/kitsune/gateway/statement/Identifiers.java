// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import java.util.List;
import java.util.stream.Collectors;

/** Names as Spark prints them. */
public final class Identifiers {
  private Identifiers() {}

  /** The parts joined by dots, each in backquotes unless it is letters, digits and underscores. */
  public static String quoteWhereNeeded(List<String> parts) {
    return parts.stream().map(Identifiers::quoteWhereNeeded).collect(Collectors.joining("."));
  }

  private static String quoteWhereNeeded(String part) {
    boolean plain =
        !part.isEmpty()
            && part.chars().allMatch(Identifiers::plain)
            && !part.chars().allMatch(c -> c >= '0' && c <= '9');
    return plain ? part : "`" + part.replace("`", "``") + "`";
  }

  private static boolean plain(int c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
