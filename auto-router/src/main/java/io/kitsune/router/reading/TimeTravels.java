// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.router.Statement.TimeTravel;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StringLiteralContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.TemporalClauseContext;

/** The time travel clause behind a table's name. */
final class TimeTravels {
  private TimeTravels() {}

  static TimeTravel of(TemporalClauseContext context, Grammar grammar) {
    if (context == null) {
      return new TimeTravel.None();
    }
    if (context.version() != null) {
      String version =
          context.version().stringLit() == null
              ? context.version().getText()
              : StringText.value(context.version().getText(), grammar.rawStrings());
      return new TimeTravel.VersionAsOf(version);
    }
    ParseTree node = context.timestamp;
    while (node.getChildCount() == 1 && !(node instanceof StringLiteralContext)) {
      node = node.getChild(0);
    }
    return new TimeTravel.TimestampAsOf(
        node instanceof StringLiteralContext literal && literal.stringLit().size() == 1
            ? Optional.of(StringText.value(literal.getText(), grammar.rawStrings()))
            : Optional.empty());
  }
}
