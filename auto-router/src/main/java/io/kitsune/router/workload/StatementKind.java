// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.workload;

import io.kitsune.router.Statement;
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
}
