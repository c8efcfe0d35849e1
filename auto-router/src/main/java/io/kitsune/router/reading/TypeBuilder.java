// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.ComplexColTypeContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.ComplexDataTypeContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.DataTypeContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.PrimitiveDataTypeContext;

/** Types as Spark names them. */
final class TypeBuilder {
  private TypeBuilder() {}

  /** The type; empty where Spark would refuse it. Intervals are unmodelled. */
  static Optional<DataType> type(DataTypeContext context) {
    if (context instanceof ComplexDataTypeContext complex) {
      return complex(complex);
    }
    if (context instanceof PrimitiveDataTypeContext primitive) {
      return primitive(primitive);
    }
    return Optional.of(new DataType.Unmodelled(words(context)));
  }

  private static String words(DataTypeContext context) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < context.getChildCount(); i++) {
      words.append(i == 0 ? "" : " ").append(context.getChild(i).getText());
    }
    return words.toString().toLowerCase(Locale.ROOT);
  }

  private static Optional<DataType> complex(ComplexDataTypeContext context) {
    return switch (context.complex.getType()) {
      case SqlBaseLexer.ARRAY ->
          type(context.dataType(0)).map(element -> new DataType.Array(element, true));
      case SqlBaseLexer.MAP ->
          type(context.dataType(0))
              .flatMap(
                  key ->
                      type(context.dataType(1)).map(value -> new DataType.Map(key, value, true)));
      default -> struct(context);
    };
  }

  private static Optional<DataType> struct(ComplexDataTypeContext context) {
    if (context.complexColTypeList() == null) {
      return Optional.of(new DataType.Struct(List.of()));
    }
    List<ComplexColTypeContext> written = context.complexColTypeList().complexColType();
    List<DataType.Field> fields =
        written.stream()
            .flatMap(
                field ->
                    type(field.dataType())
                        .map(
                            type ->
                                new DataType.Field(
                                    Names.text(field.identifier()), type, field.NULL() == null))
                        .stream())
            .toList();
    return fields.size() == written.size()
        ? Optional.of(new DataType.Struct(fields))
        : Optional.empty();
  }

  private static Optional<DataType> primitive(PrimitiveDataTypeContext context) {
    List<TerminalNode> parameters = context.INTEGER_VALUE();
    int type = context.type().getStart().getType();
    return parameters.isEmpty() ? plain(type) : parameterized(type, parameters);
  }

  private static Optional<DataType> plain(int type) {
    return Optional.ofNullable(
        switch (type) {
          case SqlBaseLexer.BOOLEAN -> Simple.BOOLEAN;
          case SqlBaseLexer.TINYINT, SqlBaseLexer.BYTE -> Simple.TINYINT;
          case SqlBaseLexer.SMALLINT, SqlBaseLexer.SHORT -> Simple.SMALLINT;
          case SqlBaseLexer.INT, SqlBaseLexer.INTEGER -> Simple.INT;
          case SqlBaseLexer.BIGINT, SqlBaseLexer.LONG -> Simple.BIGINT;
          case SqlBaseLexer.FLOAT, SqlBaseLexer.REAL -> Simple.FLOAT;
          case SqlBaseLexer.DOUBLE -> Simple.DOUBLE;
          case SqlBaseLexer.DATE -> Simple.DATE;
          case SqlBaseLexer.TIMESTAMP, SqlBaseLexer.TIMESTAMP_LTZ -> Simple.TIMESTAMP;
          case SqlBaseLexer.TIMESTAMP_NTZ -> Simple.TIMESTAMP_NTZ;
          case SqlBaseLexer.STRING -> Simple.STRING;
          case SqlBaseLexer.BINARY -> Simple.BINARY;
          case SqlBaseLexer.VOID -> Simple.VOID;
          case SqlBaseLexer.DECIMAL, SqlBaseLexer.DEC, SqlBaseLexer.NUMERIC ->
              new DataType.Decimal(10, 0);
          case SqlBaseLexer.INTERVAL -> new DataType.Unmodelled("interval");
          default -> null;
        });
  }

  private static Optional<DataType> parameterized(int type, List<TerminalNode> parameters) {
    int first = number(parameters.get(0));
    int second = parameters.size() > 1 ? number(parameters.get(1)) : 0;
    return switch (type) {
      case SqlBaseLexer.CHAR, SqlBaseLexer.CHARACTER ->
          parameters.size() == 1 && first > 0
              ? Optional.of(new DataType.Char(first))
              : Optional.empty();
      case SqlBaseLexer.VARCHAR ->
          parameters.size() == 1 && first > 0
              ? Optional.of(new DataType.Varchar(first))
              : Optional.empty();
      case SqlBaseLexer.DECIMAL, SqlBaseLexer.DEC, SqlBaseLexer.NUMERIC ->
          parameters.size() <= 2 && first >= 1 && first <= 38 && second >= 0 && second <= first
              ? Optional.of(new DataType.Decimal(first, second))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** A parameter's value, -1 where no type can have it. */
  private static int number(TerminalNode digits) {
    return digits.getText().length() > 9 ? -1 : Integer.parseInt(digits.getText());
  }
}
