// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.router.analysis.Expression;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Literal;
import io.kitsune.router.analysis.Refusal;
import java.util.List;

/** Forms of functions and operators that engines share. */
final class FunctionForms {
  /** Writes one function; the texts are those of the arguments. */
  interface Rule {
    String write(Call call, List<String> texts);
  }

  private FunctionForms() {}

  static Rule template(String form) {
    return (call, texts) -> form.formatted(texts.toArray());
  }

  static Rule infix(String operator) {
    return (call, texts) -> "(" + String.join(" " + operator + " ", texts) + ")";
  }

  static Rule listed(String function) {
    return (call, texts) -> function + "(" + String.join(", ", texts) + ")";
  }

  static String in(Call call, List<String> texts) {
    return "(" + texts.get(0) + " IN (" + String.join(", ", texts.subList(1, texts.size())) + "))";
  }

  static String caseWhen(Call call, List<String> texts) {
    StringBuilder sql = new StringBuilder("CASE");
    int i = 0;
    for (; i + 1 < texts.size(); i += 2) {
      sql.append(" WHEN ").append(texts.get(i)).append(" THEN ").append(texts.get(i + 1));
    }
    if (i < texts.size()) {
      sql.append(" ELSE ").append(texts.get(i));
    }
    return sql.append(" END").toString();
  }

  /** Only fixed patterns: Spark's escape is the backslash, and it must escape something. */
  static String like(Call call, List<String> texts) {
    if (call.arguments().size() != 2
        || !(call.arguments().get(1) instanceof Literal literal)
        || !(literal.value() instanceof String pattern)) {
      throw refused(call, "Only LIKE with a fixed pattern is known to mean the same.");
    }
    boolean escapes = pattern.indexOf('\\') >= 0;
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\') {
        i++;
        if (i == pattern.length() || "\\%_".indexOf(pattern.charAt(i)) < 0) {
          throw refused(call, "The pattern's escape is an error in Spark.");
        }
      }
    }
    return "(" + texts.get(0) + " LIKE " + texts.get(1) + (escapes ? " ESCAPE '\\')" : ")");
  }

  /** The value of an argument that must be a whole number written in the text. */
  static long fixed(Call call, int argument) {
    Expression expression = call.arguments().get(argument);
    if (expression instanceof Literal literal && literal.value() instanceof Long number) {
      return number;
    }
    throw refused(call, "Only fixed positions and lengths are known to mean the same.");
  }

  static Refusal refused(Call call, String reason) {
    return new Refusal(call.function(), call.place(), reason);
  }
}
