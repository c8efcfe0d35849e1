// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.IntervalValueContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.MultiUnitsIntervalContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StringLitContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.UnitToUnitIntervalContext;

/** Literals with Spark's types. A literal that Spark refuses is left to Spark to refuse. */
final class LiteralBuilder extends TreeBuilder {
  private static final int MAXIMUM_PRECISION = 38;

  private final Grammar grammar;

  LiteralBuilder(Names names, Depth depth, Grammar grammar) {
    super(names, depth);
    this.grammar = grammar;
  }

  /** The value of one string token, or of several that stand side by side. */
  String text(List<StringLitContext> strings) {
    StringBuilder value = new StringBuilder();
    for (StringLitContext string : strings) {
      value.append(StringText.value(string.getText(), grammar.rawStrings()));
    }
    return value.toString();
  }

  SparkLiteral string(StringLitContext context) {
    return SparkLiteral.string(text(List.of(context)), position(context));
  }

  @Override
  public SqlNode visitStringLiteral(SqlBaseParser.StringLiteralContext context) {
    return SparkLiteral.string(text(context.stringLit()), position(context));
  }

  @Override
  public SqlNode visitNullLiteral(SqlBaseParser.NullLiteralContext context) {
    return SparkLiteral.ofNull(position(context));
  }

  @Override
  public SqlNode visitBooleanLiteral(SqlBaseParser.BooleanLiteralContext context) {
    return SparkLiteral.bool(context.booleanValue().TRUE() != null, position(context));
  }

  @Override
  public SqlNode visitTypeConstructor(SqlBaseParser.TypeConstructorContext context) {
    String value = text(List.of(context.stringLit()));
    DataType type =
        switch (context.literalType().getStart().getType()) {
          case SqlBaseLexer.DATE -> Simple.DATE;
          case SqlBaseLexer.TIMESTAMP, SqlBaseLexer.TIMESTAMP_LTZ -> Simple.TIMESTAMP;
          case SqlBaseLexer.TIMESTAMP_NTZ -> Simple.TIMESTAMP_NTZ;
          case SqlBaseLexer.BINARY_HEX -> Simple.BINARY;
          case SqlBaseLexer.INTERVAL -> new DataType.Unmodelled("interval");
          default -> throw unknown(context.literalType().getText() + " literal", context);
        };
    return SparkLiteral.text(value, type, position(context));
  }

  @Override
  public SqlNode visitIntegerLiteral(SqlBaseParser.IntegerLiteralContext context) {
    BigDecimal value = new BigDecimal(context.getText());
    DataType type =
        fits(value, Integer.SIZE)
            ? Simple.INT
            : fits(value, Long.SIZE) ? Simple.BIGINT : decimal(value, context);
    return SparkLiteral.number(value, type, context.getText(), position(context));
  }

  @Override
  public SqlNode visitTinyIntLiteral(SqlBaseParser.TinyIntLiteralContext context) {
    return integral(context, Simple.TINYINT, Byte.SIZE);
  }

  @Override
  public SqlNode visitSmallIntLiteral(SqlBaseParser.SmallIntLiteralContext context) {
    return integral(context, Simple.SMALLINT, Short.SIZE);
  }

  @Override
  public SqlNode visitBigIntLiteral(SqlBaseParser.BigIntLiteralContext context) {
    return integral(context, Simple.BIGINT, Long.SIZE);
  }

  private SqlNode integral(ParserRuleContext context, DataType type, int bits) {
    String text = withoutSuffix(context, 1);
    BigDecimal value = new BigDecimal(text);
    if (!fits(value, bits)) {
      throw unknown("the literal " + context.getText() + ", out of range", context);
    }
    return SparkLiteral.number(value, type, text, position(context));
  }

  @Override
  public SqlNode visitDecimalLiteral(SqlBaseParser.DecimalLiteralContext context) {
    return decimal(context, context.getText());
  }

  @Override
  public SqlNode visitLegacyDecimalLiteral(SqlBaseParser.LegacyDecimalLiteralContext context) {
    return decimal(context, context.getText());
  }

  @Override
  public SqlNode visitBigDecimalLiteral(SqlBaseParser.BigDecimalLiteralContext context) {
    return decimal(context, withoutSuffix(context, 2));
  }

  private SqlNode decimal(ParserRuleContext context, String text) {
    BigDecimal value = number(context, text);
    return SparkLiteral.number(value, decimal(value, context), text, position(context));
  }

  /** Spark's {@code DecimalType.fromDecimal}: digits before the point count only if there are. */
  private DataType decimal(BigDecimal value, ParserRuleContext context) {
    int scale = Math.max(0, value.scale());
    int precision = Math.max(value.precision() - Math.min(0, value.scale()), scale);
    if (precision > MAXIMUM_PRECISION) {
      throw unknown("a literal of more than 38 digits", context);
    }
    return new DataType.Decimal(precision, scale);
  }

  @Override
  public SqlNode visitExponentLiteral(SqlBaseParser.ExponentLiteralContext context) {
    return floating(context, context.getText(), Simple.DOUBLE);
  }

  @Override
  public SqlNode visitDoubleLiteral(SqlBaseParser.DoubleLiteralContext context) {
    return floating(context, withoutSuffix(context, 1), Simple.DOUBLE);
  }

  @Override
  public SqlNode visitFloatLiteral(SqlBaseParser.FloatLiteralContext context) {
    return floating(context, withoutSuffix(context, 1), Simple.FLOAT);
  }

  private SqlNode floating(ParserRuleContext context, String text, DataType type) {
    double nearest = type == Simple.FLOAT ? Float.parseFloat(text) : Double.parseDouble(text);
    if (Double.isInfinite(nearest)) {
      throw unknown("the literal " + context.getText() + ", out of range", context);
    }
    return SparkLiteral.number(number(context, text), type, text, position(context));
  }

  private BigDecimal number(ParserRuleContext context, String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      // An exponent that does not fit an int: Spark's message is better than one of ours.
      throw unknown("the literal " + context.getText() + ", out of range", context);
    }
  }

  private static String withoutSuffix(ParserRuleContext context, int length) {
    String text = context.getText();
    return text.substring(0, text.length() - length);
  }

  private static boolean fits(BigDecimal value, int bits) {
    return value.toBigInteger().bitLength() < bits;
  }

  @Override
  public SqlNode visitInterval(SqlBaseParser.IntervalContext context) {
    if (context.errorCapturingMultiUnitsInterval() != null
        && context.errorCapturingMultiUnitsInterval().unitToUnitInterval() == null) {
      return multiUnits(context.errorCapturingMultiUnitsInterval().body, position(context));
    }
    if (context.errorCapturingUnitToUnitInterval() != null
        && context.errorCapturingUnitToUnitInterval().getChildCount() == 1) {
      return unitToUnit(context.errorCapturingUnitToUnitInterval().body, position(context));
    }
    throw unknown("INTERVAL", context);
  }

  private SqlNode multiUnits(MultiUnitsIntervalContext context, SqlParserPos position) {
    List<SqlNode> operands = new ArrayList<>();
    for (int i = 0; i < context.unit.size(); i++) {
      operands.add(intervalValue(context.intervalValue(i)));
      operands.add(unit(context.unit.get(i)));
    }
    return call(SparkOperators.INTERVAL, position, operands.toArray(new SqlNode[0]));
  }

  private SqlNode unitToUnit(UnitToUnitIntervalContext context, SqlParserPos position) {
    return call(
        SparkOperators.INTERVAL_RANGE,
        position,
        intervalValue(context.value),
        unit(context.from),
        unit(context.to));
  }

  private SqlNode intervalValue(IntervalValueContext context) {
    String sign = context.MINUS() == null ? "" : "-";
    if (context.stringLit() != null) {
      return SparkLiteral.string(sign + text(List.of(context.stringLit())), position(context));
    }
    String digits = sign + context.getStop().getText();
    BigDecimal value = number(context, digits);
    DataType type =
        context.INTEGER_VALUE() != null && fits(value, Integer.SIZE)
            ? Simple.INT
            : decimal(value, context);
    return SparkLiteral.number(value, type, digits, position(context));
  }

  private SqlNode unit(ParserRuleContext context) {
    String unit = context.getText().toUpperCase(Locale.ROOT);
    return SparkLiteral.string(
        unit.endsWith("S") ? unit.substring(0, unit.length() - 1) : unit, position(context));
  }
}
