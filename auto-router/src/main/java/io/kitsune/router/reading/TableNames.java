// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.List;

/** Tables' names outside of statements: on a command line, in a configuration, in a string. */
public final class TableNames {
  private TableNames() {}

  /**
   * The parts of a name as Spark reads it ({@code db.`my table`}), backquotes removed.
   *
   * @throws io.kitsune.error.KitsuneException {@code PARSE_SYNTAX_ERROR} if it is no name
   */
  public static List<String> parse(String name) {
    SparkParser parser = new SparkParser(ReadingLimits.DEFAULT);
    return Names.parts(parser.parseName(parser.tokens(name)).multipartIdentifier());
  }
}
