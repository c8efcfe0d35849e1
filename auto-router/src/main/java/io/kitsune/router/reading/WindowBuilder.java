// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.FrameBoundContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.NamedWindowContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.WindowClauseContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.WindowDefContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.WindowFrameContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.WindowRefContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.WindowSpecContext;

/** Windows and their frames. */
final class WindowBuilder extends TreeBuilder {
  private final ExpressionBuilder expressions;

  WindowBuilder(Names names, Depth depth, ExpressionBuilder expressions) {
    super(names, depth);
    this.expressions = expressions;
  }

  /** What follows OVER: a window or the name of one. */
  SqlNode specification(WindowSpecContext context) {
    return context instanceof WindowRefContext reference
        ? names().simple(reference.name)
        : window((WindowDefContext) context, null);
  }

  /** The windows that a WINDOW clause declares. */
  SqlNodeList declarations(WindowClauseContext context) {
    List<SqlNode> windows = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (NamedWindowContext named : context.namedWindow()) {
      SqlIdentifier name = names().simple(named.name);
      if (!known.add(name.getSimple().toLowerCase(Locale.ROOT))) {
        throw unknown("a name given twice in WINDOW", named);
      }
      windows.add(
          named.windowSpec() instanceof WindowRefContext reference
              ? reference(name, reference, position(named))
              : window((WindowDefContext) named.windowSpec(), name));
    }
    return new SqlNodeList(windows, position(context));
  }

  private SqlNode reference(SqlIdentifier name, WindowRefContext context, SqlParserPos position) {
    return new SqlWindow(
        position,
        name,
        names().simple(context.name),
        SqlNodeList.EMPTY,
        SqlNodeList.EMPTY,
        SqlLiteral.createBoolean(false, position),
        null,
        null,
        null);
  }

  private SqlNode window(WindowDefContext context, SqlIdentifier name) {
    SqlParserPos position = position(context);
    if (context.CLUSTER() != null) {
      throw unknown("CLUSTER BY in a window", context);
    }
    WindowFrameContext frame = context.windowFrame();
    boolean rows = frame != null && frame.frameType.getType() == SqlBaseLexer.ROWS;
    return new SqlWindow(
        position,
        name,
        null,
        context.partition.isEmpty() ? SqlNodeList.EMPTY : expressions.list(context.partition),
        context.sortItem().isEmpty() ? SqlNodeList.EMPTY : expressions.list(context.sortItem()),
        SqlLiteral.createBoolean(rows, position),
        frame == null ? null : bound(frame.start),
        frame == null || frame.end == null ? null : bound(frame.end),
        null);
  }

  private SqlNode bound(FrameBoundContext context) {
    SqlParserPos position = position(context);
    boolean preceding = context.boundType.getType() == SqlBaseLexer.PRECEDING;
    if (context.UNBOUNDED() != null) {
      return preceding
          ? SqlWindow.createUnboundedPreceding(position)
          : SqlWindow.createUnboundedFollowing(position);
    }
    if (context.boundType.getType() == SqlBaseLexer.CURRENT) {
      return SqlWindow.createCurrentRow(position);
    }
    SqlNode offset = expressions.build(context.expression());
    boolean constant =
        offset instanceof SparkLiteral
            || offset instanceof SqlCall call
                && (call.getOperator() == SparkOperators.INTERVAL
                    || call.getOperator() == SparkOperators.INTERVAL_RANGE);
    if (!constant) {
      // Spark folds some expressions here and refuses others.
      throw unknown("a frame's bound that is no literal", context);
    }
    return preceding
        ? SqlWindow.createPreceding(offset, position)
        : SqlWindow.createFollowing(offset, position);
  }
}
