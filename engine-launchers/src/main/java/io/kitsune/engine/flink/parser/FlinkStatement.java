// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink.parser;

import io.kitsune.router.Statement.TableReference.Role;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;

/** What statements that only Flink has do with the table that they name first. */
final class FlinkStatement {
  private static final String PACKAGE = "org.apache.flink.sql.parser.";

  private FlinkStatement() {}

  /** Empty where the first name is not a table's. */
  static Optional<Role> role(SqlCall call) {
    if (!call.getClass().getName().startsWith(PACKAGE) || temporary(call)) {
      return Optional.empty();
    }
    String type = call.getClass().getSimpleName();
    return switch (type) {
      case "SqlShowCreateTable",
          "SqlShowCreateView",
          "SqlShowCreateMaterializedTable",
          "SqlShowColumns",
          "SqlShowPartitions",
          "SqlRichDescribeTable",
          "SqlTableLike" ->
          Optional.of(Role.DESCRIBE);
      case "SqlTruncateTable" -> Optional.of(Role.WRITE);
      case "SqlShowTables" -> Optional.empty();
      default ->
          type.contains("Table") || type.contains("View") || type.endsWith("Partitions")
              ? Optional.of(Role.DEFINE)
              : Optional.empty();
    };
  }

  /** Its parts, null among them. */
  static List<SqlNode> operands(SqlCall call) {
    if (!call.getClass().getSimpleName().equals("SqlReplaceTableAs")) {
      return call.getOperandList();
    }
    // Flink 2.3's own list needs a watermark in every such statement.
    return List.of(part(call, "getName"), part(call, "getAsQuery"));
  }

  private static SqlNode part(SqlCall call, String getter) {
    try {
      return (SqlNode) call.getClass().getMethod(getter).invoke(call);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Flink's parser is not the one that was expected", e);
    }
  }

  /** A temporary table hides others of its name; its own name means none of them. */
  private static boolean temporary(SqlCall call) {
    try {
      return (boolean) call.getClass().getMethod("isTemporary").invoke(call);
    } catch (NoSuchMethodException notThere) {
      return false;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Flink's parser is not the one that was expected", e);
    }
  }
}
