// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import static java.util.Objects.requireNonNull;

import io.kitsune.gateway.answer.Answer;
import io.kitsune.router.SessionState;
import java.util.function.UnaryOperator;

/** What became of a statement that was given to the gateway. */
public sealed interface Outcome {
  /**
   * Answered.
   *
   * @param change what it does to the session's state; to be applied to the state as it is then
   */
  record Answered(Answer answer, UnaryOperator<SessionState> change) implements Outcome {
    public Answered {
      requireNonNull(answer, "answer");
      requireNonNull(change, "change");
    }

    static Answered with(Answer answer) {
      return new Answered(answer, UnaryOperator.identity());
    }
  }

  /** Only Spark knows the answer. */
  record LeftToSpark(String text) implements Outcome {
    public LeftToSpark {
      requireNonNull(text, "text");
    }
  }
}
