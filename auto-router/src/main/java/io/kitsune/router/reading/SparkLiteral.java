// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.DataType;
import java.math.BigDecimal;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Litmus;
import org.apache.calcite.util.NlsString;

/**
 * A literal with the type that Spark gives it. Calcite's own value ({@code getValue}) is a
 * BigDecimal for every numeric type, a Boolean, null for NULL, and text for all others. Immutable.
 */
public final class SparkLiteral extends SqlLiteral {
  private final DataType type;
  private final String text;

  private SparkLiteral(
      Object value, SqlTypeName typeName, DataType type, String text, SqlParserPos position) {
    super(value, typeName, position);
    this.type = requireNonNull(type, "type");
    this.text = requireNonNull(text, "text");
  }

  /**
   * A number.
   *
   * @param type one of the integral types, FLOAT, DOUBLE or a decimal
   * @param text as written without its suffix, sign included: {@code -1.50}, {@code 1E3}
   */
  static SparkLiteral number(BigDecimal value, DataType type, String text, SqlParserPos position) {
    return new SparkLiteral(value, SqlTypeName.DECIMAL, type, text, position);
  }

  /** A string, its escapes resolved. */
  static SparkLiteral string(String value, SqlParserPos position) {
    return text(value, DataType.Simple.STRING, position);
  }

  /**
   * {@code DATE '…'}, {@code TIMESTAMP '…'}, {@code X'…'}: the text between the quotes, as written.
   */
  static SparkLiteral text(String value, DataType type, SqlParserPos position) {
    return new SparkLiteral(
        new NlsString(value, null, null), SqlTypeName.CHAR, type, value, position);
  }

  static SparkLiteral bool(boolean value, SqlParserPos position) {
    return new SparkLiteral(
        value, SqlTypeName.BOOLEAN, DataType.Simple.BOOLEAN, Boolean.toString(value), position);
  }

  static SparkLiteral ofNull(SqlParserPos position) {
    return new SparkLiteral(null, SqlTypeName.NULL, DataType.Simple.VOID, "NULL", position);
  }

  /** Spark's type of the literal; VOID for NULL. */
  public DataType type() {
    return type;
  }

  /**
   * The value as text: of a number its digits as written, with the sign and without a suffix; of a
   * string its characters, escapes resolved; of a date, timestamp or binary what stood between the
   * quotes.
   */
  public String text() {
    return text;
  }

  /** The value of a numeric literal; an error for any other. */
  public BigDecimal number() {
    return (BigDecimal) requireNonNull(value, "number");
  }

  @Override
  public SparkLiteral clone(SqlParserPos position) {
    return new SparkLiteral(value, getTypeName(), type, text, position);
  }

  @Override
  public boolean equalsDeep(SqlNode node, Litmus litmus) {
    return node instanceof SparkLiteral other && type.equals(other.type) && text.equals(other.text)
        ? litmus.succeed()
        : litmus.fail("{} != {}", this, node);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparkLiteral literal
        && type.equals(literal.type)
        && text.equals(literal.text);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + text.hashCode();
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    if (getTypeName() != SqlTypeName.CHAR) {
      writer.literal(text);
      return;
    }
    String quoted = "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    writer.literal(
        type == DataType.Simple.STRING
            ? quoted
            : type == DataType.Simple.BINARY ? "X" + quoted : type.sql() + " " + quoted);
  }
}
