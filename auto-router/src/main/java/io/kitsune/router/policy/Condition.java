// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** When a rule applies. Immutable; judged without side effects. */
sealed interface Condition {
  Truth judge(Situation now);

  /** Both. */
  record And(Condition left, Condition right) implements Condition {
    @Override
    public Truth judge(Situation now) {
      return left.judge(now).and(right.judge(now));
    }
  }

  /** Either. */
  record Or(Condition left, Condition right) implements Condition {
    @Override
    public Truth judge(Situation now) {
      return left.judge(now).or(right.judge(now));
    }
  }

  /** The opposite; of what is unknown, unknown. */
  record Not(Condition condition) implements Condition {
    @Override
    public Truth judge(Situation now) {
      return condition.judge(now).not();
    }
  }

  /** Whether a fact is known; the only condition that is never unknown itself. */
  record Unknown(Fact fact) implements Condition {
    @Override
    public Truth judge(Situation now) {
      if (fact instanceof Fact.Numeric numeric) {
        return Truth.of(numeric.value().apply(now).isEmpty());
      }
      if (fact instanceof Fact.Textual textual) {
        return Truth.of(textual.value().apply(now).isEmpty());
      }
      return Truth.of(fact instanceof Fact.Flag flag && flag.value().apply(now).isEmpty());
    }
  }

  /** A fact that is a condition by itself. */
  record Holds(Fact.Flag fact) implements Condition {
    @Override
    public Truth judge(Situation now) {
      return fact.value().apply(now).map(Truth::of).orElse(Truth.UNKNOWN);
    }
  }

  /** How two numbers stand to each other. */
  enum Relation {
    EQUAL("="),
    UNEQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    static Relation of(String sign) {
      for (Relation relation : values()) {
        if (relation.sign.equals(sign)) {
          return relation;
        }
      }
      throw new IllegalArgumentException("no relation: " + sign);
    }

    boolean holds(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case UNEQUAL -> order != 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
      };
    }
  }

  /** A number against a constant. */
  record Compares(Fact.Numeric fact, Relation relation, long constant) implements Condition {
    @Override
    public Truth judge(Situation now) {
      OptionalLong value = fact.value().apply(now);
      return value.isEmpty()
          ? Truth.UNKNOWN
          : Truth.of(relation.holds(Long.compare(value.getAsLong(), constant)));
    }
  }

  /** A text that is one of some, in the form that the fact's values are compared in. */
  record IsOneOf(Fact.Textual fact, List<String> constants) implements Condition {
    public IsOneOf {
      constants = constants.stream().map(fact::folded).toList();
    }

    @Override
    public Truth judge(Situation now) {
      Optional<String> value = fact.value().apply(now);
      return value
          .map(text -> Truth.of(constants.contains(fact.folded(text))))
          .orElse(Truth.UNKNOWN);
    }
  }

  /** A text that looks like a pattern. */
  record IsLike(Fact.Textual fact, Glob glob) implements Condition {
    @Override
    public Truth judge(Situation now) {
      Optional<String> value = fact.value().apply(now);
      return value.map(text -> Truth.of(glob.matches(fact.folded(text)))).orElse(Truth.UNKNOWN);
    }
  }

  /** Several texts of which one is this. */
  record Contains(Fact.Several fact, String constant) implements Condition {
    @Override
    public Truth judge(Situation now) {
      return Truth.of(fact.value().apply(now).contains(constant));
    }
  }

  /** Several texts of which one looks like a pattern. */
  record Has(Fact.Several fact, Glob glob) implements Condition {
    @Override
    public Truth judge(Situation now) {
      return Truth.of(
          fact.value().apply(now).stream().anyMatch(text -> glob.matches(fact.folded(text))));
    }
  }
}
