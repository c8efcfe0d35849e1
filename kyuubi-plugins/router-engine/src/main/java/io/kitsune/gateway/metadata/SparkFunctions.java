// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.gateway.answer.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Spark's built-in functions, which are there in every session, from a list: no Spark need run to
 * answer. Functions that a session made are not among them.
 */
final class SparkFunctions {
  private static final String LIST = "spark-functions.txt";
  private static final List<String> NAMES = read();

  private SparkFunctions() {}

  /**
   * GetFunctions, by name. A built-in one is in no catalog and no schema: it is found under every
   * pattern that a name which is not there can match.
   */
  static Answer answer(
      Optional<String> catalog, Optional<String> schemaPattern, Optional<String> namePattern) {
    List<Column> columns =
        new ArrayList<>(
            Answer.strings("FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "REMARKS"));
    columns.add(Column.of("FUNCTION_TYPE", Simple.INT));
    columns.add(Column.of("SPECIFIC_NAME", Simple.STRING));
    boolean everywhere =
        catalog.filter(name -> !name.isEmpty()).isEmpty()
            && SearchPattern.of(schemaPattern).test("");
    Predicate<String> wanted = SearchPattern.of(namePattern);
    List<List<Object>> rows =
        everywhere ? NAMES.stream().filter(wanted).map(SparkFunctions::row).toList() : List.of();
    return new Answer(columns, rows);
  }

  private static List<Object> row(String name) {
    return Answer.row(null, null, name, "", DatabaseMetaData.functionResultUnknown, name);
  }

  private static List<String> read() {
    try (InputStream list = SparkFunctions.class.getResourceAsStream(LIST);
        BufferedReader lines = new BufferedReader(new InputStreamReader(list, UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
