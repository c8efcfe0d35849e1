// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A function as it was called, not yet resolved: only its name is known. Two are equal if their
 * names are, without regard to case. Immutable.
 */
public final class SparkFunction extends SqlFunction {
  private final List<String> writtenName;

  private SparkFunction(String name, List<String> writtenName) {
    super(
        name.toLowerCase(Locale.ROOT),
        SqlKind.OTHER_FUNCTION,
        null,
        null,
        null,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.writtenName = List.copyOf(writtenName);
  }

  /** The function of that name; one part for a built-in one, more for {@code db.f}. */
  static SparkFunction named(List<String> writtenName) {
    return new SparkFunction(String.join(".", writtenName), writtenName);
  }

  /** The function of that one-part name. */
  public static SparkFunction named(String name) {
    return new SparkFunction(name, List.of(name));
  }

  /** A function that Spark reads under another name than the one written, which its label shows. */
  static SparkFunction named(String name, String writtenName) {
    return new SparkFunction(name, List.of(writtenName));
  }

  /** The lower-case name if the node is a call of a {@code SparkFunction}, otherwise empty text. */
  public static String nameOf(SqlNode node) {
    return node instanceof SqlCall call && call.getOperator() instanceof SparkFunction function
        ? function.getName()
        : "";
  }

  /** The name's parts as written, unquoted. */
  public List<String> writtenName() {
    return writtenName;
  }

  /** Whether the name has a catalog or schema before it, so that it is no built-in function. */
  public boolean qualified() {
    return writtenName.size() > 1;
  }

  @Override
  public SqlCall createCall(SqlLiteral functionQualifier, SqlParserPos pos, SqlNode... operands) {
    return new SqlBasicCall(this, operands, pos, functionQualifier);
  }

  @Override
  public SqlIdentifier getNameAsId() {
    return new SqlIdentifier(writtenName, SqlParserPos.ZERO);
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
    writer.print(String.join(".", writtenName));
    SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.FUN_CALL, "(", ")");
    SqlLiteral quantifier = call.getFunctionQuantifier();
    if (quantifier != null) {
      quantifier.unparse(writer, 0, 0);
    }
    for (SqlNode operand : call.getOperandList()) {
      writer.sep(",");
      operand.unparse(writer, 0, 0);
    }
    writer.endList(frame);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparkFunction function && getName().equals(function.getName());
  }

  @Override
  public int hashCode() {
    return getName().hashCode();
  }
}
