// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.workload;

import io.kitsune.router.Statement;
import io.kitsune.router.reading.NormalisedText;
import io.kitsune.router.reading.ReadingLimits;
import java.util.List;
import java.util.Locale;

/** What a statement does, in a word or a few. */
public final class StatementKind {
  private StatementKind() {}

  /**
   * {@code query}, a kind of write, a definition's first words, {@code flink} or {@code command}.
   */
  public static String of(Statement statement) {
    String kind;
    if (statement instanceof Statement.Write write) {
      kind = write.kind().name().replace('_', ' ');
    } else if (statement instanceof Statement.Ddl ddl) {
      kind = ddl.construct();
    } else if (statement instanceof Statement.Flink flink) {
      kind = ofFlink(flink.text());
    } else if (statement instanceof Statement.CreateTemporaryView) {
      kind = "create temporary view";
    } else if (statement instanceof Statement.Flink) {
      kind = "flink";
    } else {
      // What has no tree is a query all the same: every other statement is told by its words.
      kind = statement instanceof Statement.Command ? "command" : "query";
    }
    return kind.toLowerCase(Locale.ROOT);
  }

  /** By its first words: Flink's own parser is in another process. */
  private static String ofFlink(String text) {
    List<String> words =
        List.of(NormalisedText.of(text, ReadingLimits.DEFAULT).text().split(" ", 3));
    return switch (words.get(0)) {
      case "select", "with", "values", "table" -> "query";
      case "insert", "execute" -> "insert";
      case "create", "alter", "drop" -> words.get(0) + (words.size() > 1 ? " " + words.get(1) : "");
      default -> "flink " + words.get(0);
    };
  }
}
