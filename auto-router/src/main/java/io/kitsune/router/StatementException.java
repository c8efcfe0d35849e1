// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;

/** An error that stands at a place of a statement's text, which its message names too. */
public final class StatementException extends KitsuneException {
  private static final long serialVersionUID = 1L;

  private final transient Veto.Position position;

  /** As {@link KitsuneException}, with the place. */
  public StatementException(String code, String sqlState, String message, Veto.Position position) {
    super(code, sqlState, message);
    this.position = requireNonNull(position, "position");
  }

  /** Line and column, both from 1. */
  public Veto.Position position() {
    return position;
  }
}
