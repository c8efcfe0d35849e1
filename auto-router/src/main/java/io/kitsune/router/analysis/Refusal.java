// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.Engine;
import io.kitsune.router.Veto;

/**
 * Ends an analysis or a translation: the construct is not known to mean the same. It is caught
 * where a {@link Veto} is made of it and never reaches a user as an exception; it therefore carries
 * no stack trace.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String construct;
  private final transient Place place;

  /**
   * A refusal.
   *
   * @param construct what is at fault, by its name in the language
   * @param reason one sentence for the user
   */
  public Refusal(String construct, Place place, String reason) {
    super(requireNonNull(reason, "reason"), null, false, false);
    this.construct = requireNonNull(construct, "construct");
    this.place = requireNonNull(place, "place");
  }

  /** The veto that an engine gives for this reason. */
  public Veto veto(Engine engine) {
    return new Veto(engine, construct, place.position(), getMessage());
  }
}
