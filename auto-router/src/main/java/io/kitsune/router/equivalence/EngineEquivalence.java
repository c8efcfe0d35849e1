// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.Dispatch;
import io.kitsune.router.Veto;
import java.util.List;

/**
 * Whether one engine answers a query exactly as Spark does, and the query in its dialect.
 * Thread-safe.
 */
public interface EngineEquivalence {
  /** Translates a query. What is not known to be the same is a veto, never an exception. */
  Outcome translate(AnalyzedQuery query);

  /** What came of it. */
  sealed interface Outcome {
    /** The engine means the same; the query as it would be sent. */
    record Equivalent(Dispatch dispatch) implements Outcome {
      public Equivalent {
        requireNonNull(dispatch, "dispatch");
      }
    }

    /** The engine may not; at least one veto says why. */
    record Vetoed(List<Veto> vetoes) implements Outcome {
      public Vetoed {
        vetoes = List.copyOf(vetoes);
        if (vetoes.isEmpty()) {
          throw new IllegalArgumentException("a refusal has a reason");
        }
      }
    }
  }
}
