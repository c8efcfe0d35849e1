// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.Engine;

/**
 * One rule of a policy. Where its condition is true, and only there, it says something of an engine
 * or of the statement as a whole.
 *
 * @param name as the file has it, the same for no other rule
 * @param because the operator's reason, which users are told
 * @param place file and line
 */
public record Rule(String name, Condition when, Action action, String because, String place) {
  public Rule {
    requireNonNull(name, "name");
    requireNonNull(when, "when");
    requireNonNull(action, "action");
    requireNonNull(because, "because");
    requireNonNull(place, "place");
  }

  /** What a rule says. */
  public sealed interface Action {
    /** As the file has it: {@code prefer duckdb}. */
    String text();

    /** Takes that engine if it may and the user asks for no other. */
    record Prefer(Engine engine) implements Action {
      @Override
      public String text() {
        return "prefer " + engine.id();
      }
    }

    /** No engine but that one. */
    record Require(Engine engine) implements Action {
      @Override
      public String text() {
        return "require " + engine.id();
      }
    }

    /** Not that engine. */
    record Forbid(Engine engine) implements Action {
      @Override
      public String text() {
        return "forbid " + engine.id();
      }
    }

    /** Nobody runs it. */
    record Reject() implements Action {
      @Override
      public String text() {
        return "reject";
      }
    }
  }

  /** Why, as users read it. */
  String reason() {
    return "The policy's rule '%s' says %s: %s".formatted(name, action.text(), because);
  }
}
