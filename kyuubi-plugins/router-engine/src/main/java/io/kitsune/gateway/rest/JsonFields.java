// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A request's fields, of the right type or refused; what nobody has asked for is refused too. */
final class JsonFields {
  private static final int LONGEST_SETTING = 64 << 10;
  private static final int MOST_SETTINGS = 200;
  private static final int LONGEST_CLIENT = 200;

  private final ObjectNode object;
  private final Set<String> known = new HashSet<>();

  JsonFields(ObjectNode object) {
    this.object = object;
  }

  private Optional<JsonNode> field(String name) {
    known.add(name);
    return Optional.ofNullable(object.get(name));
  }

  /** A text that must be there, and may not be empty. */
  String requiredText(String name) {
    return text(name)
        .orElseThrow(() -> Problem.invalid("The field %s must be given.".formatted(name)));
  }

  /** A text, which may be empty. */
  Optional<String> anyText(String name) {
    return field(name)
        .map(
            node -> {
              if (!node.isTextual()) {
                throw wrong(name, "a text", node);
              }
              return whole(name, node.textValue());
            });
  }

  /** The text itself, if it has no half of a character, which could not be sent on. */
  static String whole(String name, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw Problem.invalid("The field %s has half of a surrogate pair in it.".formatted(name));
    }
    return text;
  }

  /** A text that is not empty. */
  Optional<String> text(String name) {
    Optional<String> text = anyText(name);
    text.filter(String::isEmpty)
        .ifPresent(
            empty -> {
              throw Problem.invalid("The field %s must not be empty.".formatted(name));
            });
    return text;
  }

  /** The application's name, if it is given. */
  Optional<String> client() {
    Optional<String> client = text("client");
    client
        .filter(name -> name.codePointCount(0, name.length()) > LONGEST_CLIENT)
        .ifPresent(
            name -> {
              throw Problem.invalid(
                  "The field client has more than %d characters.".formatted(LONGEST_CLIENT));
            });
    return client;
  }

  /** A whole number from 1 on. */
  OptionalLong positive(String name) {
    Optional<JsonNode> found = field(name);
    if (found.isEmpty()) {
      return OptionalLong.empty();
    }
    JsonNode node = found.get();
    // JSON has one kind of numbers: 5.0 is as whole as 5.
    if (!node.isNumber() || !node.canConvertToExactIntegral() || !node.canConvertToLong()) {
      throw wrong(name, "a whole number", node);
    }
    if (node.longValue() < 1) {
      throw Problem.invalid(
          "The field %s is %d; it must be 1 or more.".formatted(name, node.longValue()));
    }
    return OptionalLong.of(node.longValue());
  }

  /** Keys with texts. */
  Map<String, String> texts(String name) {
    Map<String, String> texts = new TreeMap<>();
    Optional<JsonNode> found = field(name);
    if (found.isEmpty()) {
      return texts;
    }
    if (!(found.get() instanceof ObjectNode settings)) {
      throw wrong(name, "an object of texts", found.get());
    }
    if (settings.size() > MOST_SETTINGS) {
      throw Problem.invalid(
          "The field %s has %d keys, more than %d."
              .formatted(name, settings.size(), MOST_SETTINGS));
    }
    settings
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              if (!value.isTextual() || value.textValue().length() > LONGEST_SETTING) {
                throw wrong(name + "." + entry.getKey(), "a text", value);
              }
              if (entry.getKey().isBlank()) {
                throw Problem.impossible(
                    "SETTING_INVALID",
                    "22023",
                    "The field %s has a key without a name.".formatted(name));
              }
              texts.put(whole(name, entry.getKey()), whole(name, value.textValue()));
            });
    return texts;
  }

  /** Whatever stands there. */
  Optional<JsonNode> any(String name) {
    return field(name);
  }

  /** Refuses fields that were not asked for. */
  void requireNoOther() {
    Set<String> unknown = new TreeSet<>();
    object.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw Problem.invalid(
          "Nothing is known by the field %s; there are: %s."
              .formatted(String.join(", ", unknown), String.join(", ", new TreeSet<>(known))));
    }
  }

  private static ProblemException wrong(String name, String wanted, JsonNode found) {
    return Problem.invalid(
        "The field %s must be %s, and is %s."
            .formatted(name, wanted, found.getNodeType().name().toLowerCase(Locale.ROOT)));
  }
}
