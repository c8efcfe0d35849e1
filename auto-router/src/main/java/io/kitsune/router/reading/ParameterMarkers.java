// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.error.KitsuneException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.NamedParameterLiteralContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.PosParameterLiteralContext;

/**
 * Spark's parameter markers, {@code :name} and {@code ?}, where its parser sees one: what looks
 * like one in a string, a comment or a hint is none. Spark 3.5 binds them in its API only, so that
 * they are bound in the text, each replaced by a literal of its value.
 */
final class ParameterMarkers {
  /**
   * A marker in the text.
   *
   * @param name empty for a question mark
   * @param start offset of its first character
   * @param end offset behind its last one
   */
  private record Marker(String name, int start, int end) {}

  private final List<Marker> markers = new ArrayList<>();

  private ParameterMarkers() {}

  /** The text with each marker's value in its place. */
  static String bind(String text, ParserRuleContext tree, Parameters parameters) {
    ParameterMarkers found = new ParameterMarkers();
    found.collect(tree);
    found.markers.sort(Comparator.comparingInt(Marker::start));
    List<String> literals = found.literals(parameters);
    StringBuilder bound = new StringBuilder();
    int end = 0;
    for (int i = 0; i < literals.size(); i++) {
      Marker marker = found.markers.get(i);
      // Blanks, for a minus may stand before it and a word may touch it.
      bound.append(text, end, marker.start()).append(' ').append(literals.get(i)).append(' ');
      end = marker.end();
    }
    return bound.append(text, end, text.length()).toString();
  }

  private void collect(ParseTree tree) {
    if (tree instanceof NamedParameterLiteralContext named) {
      add(Names.text(named.identifier()), named);
    } else if (tree instanceof PosParameterLiteralContext positional) {
      add("", positional);
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      collect(tree.getChild(i));
    }
  }

  private void add(String name, ParserRuleContext place) {
    markers.add(
        new Marker(name, place.getStart().getStartIndex(), place.getStop().getStopIndex() + 1));
  }

  private List<String> literals(Parameters parameters) {
    return parameters instanceof Parameters.Named named
        ? literals(named)
        : literals((Parameters.Positional) parameters);
  }

  private List<String> literals(Parameters.Positional parameters) {
    if (markers.stream().anyMatch(marker -> !marker.name().isEmpty())) {
      throw mismatch(
          "The statement has markers by name (:name), and the parameters have none: give an object.");
    }
    if (markers.size() != parameters.values().size()) {
      throw mismatch(
          "The statement has %d markers (?), and there are %d parameters."
              .formatted(markers.size(), parameters.values().size()));
    }
    return parameters.values().stream().map(Parameter::literal).toList();
  }

  private List<String> literals(Parameters.Named parameters) {
    Set<String> unused = new TreeSet<>(parameters.values().keySet());
    List<String> literals = new ArrayList<>();
    for (Marker marker : markers) {
      Parameter value = parameters.values().get(marker.name());
      if (marker.name().isEmpty()) {
        throw mismatch(
            "The statement has markers without a name (?), and the parameters have names: give a list.");
      }
      if (value == null) {
        throw mismatch("There is no parameter for the marker :%s.".formatted(marker.name()));
      }
      unused.remove(marker.name());
      literals.add(value.literal());
    }
    if (!unused.isEmpty()) {
      throw mismatch(
          "The statement has no marker for the parameters: %s."
              .formatted(String.join(", ", unused)));
    }
    return literals;
  }

  private static KitsuneException mismatch(String message) {
    return new KitsuneException("PARAMETERS_MISMATCH", "07001", message);
  }
}
