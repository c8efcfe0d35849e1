// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

/**
 * Why an engine may not take a statement.
 *
 * @param construct what is at fault, by its name in the language ({@code regexp_replace}, {@code
 *     LATERAL VIEW}), or the table, or the engine's state
 * @param position where it stands in the text, or {@link Position#NONE}
 * @param reason one sentence for the user
 */
public record Veto(Engine engine, String construct, Position position, String reason) {
  public Veto {
    requireNonNull(engine, "engine");
    requireNonNull(construct, "construct");
    requireNonNull(position, "position");
    requireNonNull(reason, "reason");
  }

  /** A place in the statement's text; line and column count from 1, {@code NONE} has zeros. */
  public record Position(int line, int column) {
    /** No place: the veto is not about the text. */
    public static final Position NONE = new Position(0, 0);

    @Override
    public String toString() {
      return line == 0 ? "" : "line " + line + ", column " + column;
    }
  }
}
