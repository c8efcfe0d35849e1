// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The chain of exceptions in a stack trace as Java prints it, outermost first.
 *
 * @param causes never empty
 */
record ServerTrace(List<Cause> causes) {
  private static final String CAUSED_BY = "Caused by: ";

  /**
   * One exception.
   *
   * @param type its class's simple name
   * @param message perhaps of several lines; may be empty
   */
  record Cause(String type, String message) {}

  static ServerTrace parse(String text) {
    List<StringBuilder> headers = new ArrayList<>(List.of(new StringBuilder()));
    for (String line : text.lines().toList()) {
      if (line.startsWith(CAUSED_BY)) {
        headers.add(new StringBuilder(line.substring(CAUSED_BY.length())));
      } else if (!line.startsWith("\tat ")
          && !line.startsWith("\t... ")
          && !line.startsWith("<Exception on server side:")
          && !line.startsWith("End of exception on server side")) {
        headers.get(headers.size() - 1).append('\n').append(line);
      }
    }
    return new ServerTrace(headers.stream().map(header -> cause(header.toString())).toList());
  }

  private static Cause cause(String header) {
    String text = header.strip();
    int colon = text.indexOf(": ");
    String type = colon < 0 ? text : text.substring(0, colon);
    if (!javaClass(type)) {
      return new Cause("", text);
    }
    String simple = type.substring(type.lastIndexOf('.') + 1);
    return new Cause(simple, colon < 0 ? "" : text.substring(colon + 2).strip());
  }

  private static boolean javaClass(String text) {
    return text.indexOf('.') > 0
        && text.chars().allMatch(c -> c == '.' || Character.isJavaIdentifierPart(c));
  }

  /** The outermost exception of that class. */
  Optional<Cause> first(String... types) {
    return causes.stream().filter(cause -> List.of(types).contains(cause.type())).findFirst();
  }

  /** The innermost exception that says something. */
  Cause root() {
    for (int i = causes.size() - 1; i >= 0; i--) {
      if (!causes.get(i).message().isEmpty()) {
        return causes.get(i);
      }
    }
    return causes.get(causes.size() - 1);
  }
}
