// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kitsune.router.reading.Grammar;
import io.kitsune.router.reading.Parameter;
import io.kitsune.router.reading.Parameters;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters as they come: a list for question marks, an object for names. A value is JSON's own
 * (null, a boolean, a text, a number), or an object with a type and a text.
 */
final class ParameterValues {
  private static final String BINARY = "binary";

  private final Grammar grammar;

  private ParameterValues(Grammar grammar) {
    this.grammar = grammar;
  }

  /**
   * Reads them.
   *
   * @param grammar how the session reads strings
   * @throws ProblemException 400
   */
  static Parameters of(JsonNode node, Grammar grammar) {
    ParameterValues values = new ParameterValues(grammar);
    if (node instanceof ArrayNode list) {
      List<Parameter> positional = new ArrayList<>();
      list.forEach(each -> positional.add(values.value(each)));
      return new Parameters.Positional(positional);
    } else if (node instanceof ObjectNode object) {
      Map<String, Parameter> named = new HashMap<>();
      object
          .properties()
          .forEach(entry -> named.put(entry.getKey(), values.value(entry.getValue())));
      return new Parameters.Named(named);
    }
    throw Problem.invalid(
        "The field parameters must be a list, for the markers ?, or an object, for those like :name.");
  }

  private Parameter value(JsonNode node) {
    if (node.isNull()) {
      return Parameter.NULL;
    } else if (node.isBoolean()) {
      return Parameter.of(node.booleanValue());
    } else if (node.isTextual()) {
      return Parameter.of(JsonFields.whole("parameters", node.textValue()), grammar);
    } else if (node.isIntegralNumber()) {
      return Parameter.of(node.bigIntegerValue());
    } else if (node.isNumber()) {
      return Parameter.decimal(node.decimalValue());
    } else if (node instanceof ObjectNode object) {
      return typed(new JsonFields(object));
    }
    throw Problem.invalid(
        "A parameter must be null, a boolean, a number, a text, or an object with type and value.");
  }

  private Parameter typed(JsonFields fields) {
    String type = fields.requiredText("type");
    String value =
        fields
            .anyText("value")
            .orElseThrow(() -> Problem.invalid("A parameter of a type must have a value."));
    fields.requireNoOther();
    if (!type.strip().equalsIgnoreCase(BINARY)) {
      return Parameter.of(type, value, grammar);
    }
    try {
      return Parameter.of(Base64.getDecoder().decode(value));
    } catch (IllegalArgumentException e) {
      throw Problem.impossible(
          "PARAMETER_INVALID", "22023", "The value of a binary parameter must be Base64.");
    }
  }
}
