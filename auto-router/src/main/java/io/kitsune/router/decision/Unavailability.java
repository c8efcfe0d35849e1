// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.decision;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import io.kitsune.router.Veto;
import java.util.List;
import java.util.Optional;

/**
 * Engines against which nothing is known but that they take no statement now: to the user that is
 * another error than a statement that nobody can run, for it may go through later.
 */
record Unavailability(List<EngineStatus> statuses, List<Veto> vetoes) {

  /** The error where that engine lacks nothing but a better state. */
  Optional<KitsuneException> of(Engine engine) {
    return statuses.stream()
        .filter(status -> status.engine() == engine && passing(status.state()))
        .filter(this::nothingElse)
        .findFirst()
        .map(Unavailability::error);
  }

  /** The same, of any engine. */
  Optional<KitsuneException> ofAny() {
    return statuses.stream()
        .map(EngineStatus::engine)
        .flatMap(engine -> of(engine).stream())
        .findFirst();
  }

  private static boolean passing(State state) {
    return state == State.FAILED || state == State.DRAINING || state == State.FULL;
  }

  private boolean nothingElse(EngineStatus status) {
    return vetoes.stream()
        .filter(veto -> veto.engine() == status.engine())
        .allMatch(veto -> veto.construct().equals(status.state().id()));
  }

  private static KitsuneException error(EngineStatus status) {
    return new KitsuneException(
        "ROUTER_ENGINE_UNAVAILABLE",
        status.state() == State.FULL ? "53300" : "57P03",
        "%s takes no statement now, for it is %s: %s Try again later."
            .formatted(
                status.engine().id(),
                status.state().id(),
                status.reason().endsWith(".") ? status.reason() : status.reason() + "."));
  }
}
