// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A request's query parameters, each at most once and each known. */
final class Query {
  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the part of an address behind the question mark.
   *
   * @param text as it was sent; null or empty for none
   * @param known the names that may stand there
   * @throws ProblemException 400
   */
  static Query of(String text, Set<String> known) {
    Map<String, String> values = new TreeMap<>();
    if (text != null && !text.isEmpty()) {
      for (String pair : text.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
        if (!known.contains(name)) {
          throw Problem.invalid(
              known.isEmpty()
                  ? "No query parameters are known here, and '%s' stands there.".formatted(name)
                  : "The query parameter '%s' is not known here; there are: %s."
                      .formatted(name, String.join(", ", new TreeSet<>(known))));
        }
        if (values.put(name, value) != null) {
          throw Problem.invalid("The query parameter %s stands there twice.".formatted(name));
        }
      }
    }
    return new Query(values);
  }

  /** The JDK's own decoder puts a sign of its own for bytes that are no UTF-8. */
  private static String decoded(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    try {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '%') {
          bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
          i += 2;
        } else if (c > ' ' && c < 0x7F) {
          bytes.put((byte) (c == '+' ? ' ' : c));
        } else {
          throw Problem.invalid(
              "The query '%s' has characters that must be encoded.".formatted(text));
        }
      }
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (IllegalArgumentException | IndexOutOfBoundsException | CharacterCodingException e) {
      throw Problem.invalid("The query '%s' is not encoded as it should be.".formatted(text));
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A whole number within bounds. */
  int number(String name, int least, int most, int usual) {
    String text = values.get(name);
    if (text == null) {
      return usual;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most && plain(text)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of bounds.
    }
    throw Problem.invalid(
        "The query parameter %s is '%s'; it must be a whole number from %d to %d."
            .formatted(name, text, least, most));
  }

  /** Java's parser takes a plus, and digits of every script. */
  private static boolean plain(String text) {
    return text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
  }

  /** Seconds to wait. */
  Duration wait(Duration longest, Duration usual) {
    return values.containsKey("wait")
        ? Duration.ofSeconds(number("wait", 0, (int) longest.toSeconds(), 0))
        : usual;
  }
}
