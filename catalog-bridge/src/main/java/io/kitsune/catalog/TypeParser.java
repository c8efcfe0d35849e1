// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import io.kitsune.error.KitsuneException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a type as Hive and Spark write it in the Metastore: {@code struct<a:int,`x
 * y`:array<decimal(10,2)>>}. Recursive descent over the characters; nesting is bounded.
 */
final class TypeParser {
  private static final int MAXIMUM_DEPTH = 64;
  private static final int DEFAULT_PRECISION = 10;

  private final String text;
  private int position;

  private TypeParser(String text) {
    this.text = text;
  }

  static DataType parse(String text) {
    TypeParser parser = new TypeParser(text);
    DataType type = parser.type(0);
    parser.skipBlanks();
    if (parser.position < text.length()) {
      throw parser.unreadable("the end was expected");
    }
    return type;
  }

  private DataType type(int depth) {
    if (depth > MAXIMUM_DEPTH) {
      throw unreadable("types may be nested " + MAXIMUM_DEPTH + " deep");
    }
    skipBlanks();
    int start = position;
    String word = word().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "boolean" -> DataType.Simple.BOOLEAN;
      case "tinyint", "byte" -> DataType.Simple.TINYINT;
      case "smallint", "short" -> DataType.Simple.SMALLINT;
      case "int", "integer" -> DataType.Simple.INT;
      case "bigint", "long" -> DataType.Simple.BIGINT;
      case "float", "real" -> DataType.Simple.FLOAT;
      case "double" -> doublePrecision();
      case "string" -> DataType.Simple.STRING;
      case "binary" -> DataType.Simple.BINARY;
      case "date" -> DataType.Simple.DATE;
      case "timestamp" -> timestamp(start);
      case "timestamp_ltz" -> DataType.Simple.TIMESTAMP;
      case "timestamp_ntz" -> DataType.Simple.TIMESTAMP_NTZ;
      case "void", "null", "unknown" -> DataType.Simple.VOID;
      case "decimal", "dec", "numeric" -> decimal();
      case "char", "character" -> new DataType.Char(length());
      case "varchar" -> new DataType.Varchar(length());
      case "array" -> array(depth);
      case "map" -> map(depth);
      case "struct" -> struct(depth);
      case "uniontype" -> union(start, depth);
      case "interval" -> interval(start);
      case "interval_year_month", "interval_day_time", "variant" ->
          new DataType.Unmodelled(text.substring(start, position));
      default -> {
        position = start;
        throw unreadable("no type has this name");
      }
    };
  }

  private DataType doublePrecision() {
    acceptWord("precision");
    return DataType.Simple.DOUBLE;
  }

  /** Hive's {@code timestamp with local time zone} is a type that Spark cannot read. */
  private DataType timestamp(int start) {
    if (!acceptWord("with")) {
      return DataType.Simple.TIMESTAMP;
    }
    for (String word : List.of("local", "time", "zone")) {
      if (!acceptWord(word)) {
        throw unreadable("'" + word + "' was expected");
      }
    }
    return new DataType.Unmodelled(text.substring(start, position));
  }

  private DataType decimal() {
    if (!accept('(')) {
      return new DataType.Decimal(DEFAULT_PRECISION, 0);
    }
    int precision = number();
    int scale = accept(',') ? number() : 0;
    expect(')');
    if (precision < 1 || precision > 38 || scale > precision) {
      throw unreadable("a decimal has 1 to 38 digits, and at most as many behind the point");
    }
    return new DataType.Decimal(precision, scale);
  }

  private int length() {
    expect('(');
    int length = number();
    expect(')');
    if (length < 1) {
      throw unreadable("a length is at least 1");
    }
    return length;
  }

  private DataType array(int depth) {
    expect('<');
    DataType element = type(depth + 1);
    expect('>');
    return new DataType.Array(element, true);
  }

  private DataType map(int depth) {
    expect('<');
    DataType key = type(depth + 1);
    expect(',');
    DataType value = type(depth + 1);
    expect('>');
    return new DataType.Map(key, value, true);
  }

  private DataType struct(int depth) {
    expect('<');
    List<DataType.Field> fields = new ArrayList<>();
    if (accept('>')) {
      return new DataType.Struct(fields);
    }
    do {
      fields.add(field(depth));
    } while (accept(','));
    expect('>');
    return new DataType.Struct(fields);
  }

  private DataType.Field field(int depth) {
    String name = fieldName();
    DataType type = type(depth + 1);
    boolean nullable = true;
    if (acceptWord("not")) {
      if (!acceptWord("null")) {
        throw unreadable("'null' was expected");
      }
      nullable = false;
    }
    if (acceptWord("comment")) {
      skipText();
    }
    return new DataType.Field(name, type, nullable);
  }

  /**
   * A field's name: in backquotes, or everything up to the colon (the Metastore quotes nothing), or
   * a single word where Spark's DDL leaves the colon out.
   */
  private String fieldName() {
    skipBlanks();
    if (position < text.length() && text.charAt(position) == '`') {
      String name = quoted();
      accept(':');
      return name;
    }
    int end = position;
    while (end < text.length() && ":<>,()".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    if (end < text.length() && text.charAt(end) == ':') {
      String name = text.substring(position, end).strip();
      if (name.isEmpty()) {
        throw unreadable("a field's name was expected");
      }
      position = end + 1;
      return name;
    }
    return word();
  }

  private String quoted() {
    StringBuilder name = new StringBuilder();
    for (position++; position < text.length(); position++) {
      char c = text.charAt(position);
      if (c != '`') {
        name.append(c);
      } else if (position + 1 < text.length() && text.charAt(position + 1) == '`') {
        name.append(c);
        position++;
      } else {
        position++;
        return name.toString();
      }
    }
    throw unreadable("a closing backquote was expected");
  }

  private void skipText() {
    skipBlanks();
    if (position >= text.length() || "'\"".indexOf(text.charAt(position)) < 0) {
      throw unreadable("a comment in quotes was expected");
    }
    char quote = text.charAt(position);
    for (position++; position < text.length(); position++) {
      char c = text.charAt(position);
      if (c == '\\') {
        position++;
      } else if (c == quote) {
        position++;
        return;
      }
    }
    throw unreadable("a closing quote was expected");
  }

  private DataType union(int start, int depth) {
    expect('<');
    do {
      type(depth + 1);
    } while (accept(','));
    expect('>');
    return new DataType.Unmodelled(text.substring(start, position));
  }

  /** {@code interval}, {@code interval day to second}: the words belong to the type's name. */
  private DataType interval(int start) {
    while (acceptWord("year")
        || acceptWord("month")
        || acceptWord("day")
        || acceptWord("hour")
        || acceptWord("minute")
        || acceptWord("second")
        || acceptWord("to")) {
      // Each call has moved past a word.
    }
    return new DataType.Unmodelled(text.substring(start, position));
  }

  private String word() {
    int start = position;
    while (position < text.length() && isWordCharacter(text.charAt(position))) {
      position++;
    }
    if (position == start) {
      throw unreadable("a name was expected");
    }
    return text.substring(start, position);
  }

  private static boolean isWordCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private boolean acceptWord(String word) {
    skipBlanks();
    int end = position + word.length();
    if (!text.regionMatches(true, position, word, 0, word.length())
        || (end < text.length() && isWordCharacter(text.charAt(end)))) {
      return false;
    }
    position = end;
    return true;
  }

  private int number() {
    skipBlanks();
    int start = position;
    while (position < text.length() && "0123456789".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    if (position == start || position - start > 9) {
      throw unreadable("a number of at most nine digits was expected");
    }
    return Integer.parseInt(text.substring(start, position));
  }

  private boolean accept(char c) {
    skipBlanks();
    if (position < text.length() && text.charAt(position) == c) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw unreadable("'" + c + "' was expected");
    }
  }

  private void skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private KitsuneException unreadable(String reason) {
    return new KitsuneException(
        "CATALOG_TYPE_UNREADABLE",
        "429BB",
        "cannot read the type '%s' at character %d: %s; correct the column's type in the catalog"
            .formatted(text, position + 1, reason));
  }
}
