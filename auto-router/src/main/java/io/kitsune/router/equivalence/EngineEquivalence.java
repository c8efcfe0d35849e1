// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.scan.ScanPlanner;
import io.kitsune.router.Dispatch;
import io.kitsune.router.RoutingDecision.Scan;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import io.kitsune.router.Veto;
import io.kitsune.router.resolution.Resolution;
import java.util.List;

/**
 * Whether one engine answers a query exactly as Spark does, and the query in its dialect.
 * Thread-safe.
 */
public interface EngineEquivalence {
  /**
   * Analyses a query. What is not known to be the same is a veto, never an exception; a {@link
   * io.kitsune.error.KitsuneException} from the planner (files that cannot be listed) is passed on.
   *
   * @param resolution what the query's names mean
   * @param planner asked once for each table reference, with its columns and predicates
   */
  Outcome translate(
      Statement.Query query, Resolution resolution, SessionState session, ScanPlanner planner);

  /** What came of it. */
  sealed interface Outcome {
    /** What is read, a line for each table reference, as far as it is known. */
    List<Scan> scans();

    /** The engine means the same; the query as it would be sent. */
    record Equivalent(Dispatch dispatch, List<Scan> scans) implements Outcome {
      public Equivalent {
        requireNonNull(dispatch, "dispatch");
        scans = List.copyOf(scans);
      }
    }

    /** The engine may not; at least one veto says why. */
    record Vetoed(List<Veto> vetoes, List<Scan> scans) implements Outcome {
      public Vetoed {
        vetoes = List.copyOf(vetoes);
        scans = List.copyOf(scans);
        if (vetoes.isEmpty()) {
          throw new IllegalArgumentException("a refusal has a reason");
        }
      }
    }
  }
}
