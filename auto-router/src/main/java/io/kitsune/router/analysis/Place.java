// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.Veto;
import org.apache.calcite.sql.SqlNode;

/**
 * Where an expression stands in the text. All places are equal to each other, so that two
 * expressions are equal if they say the same, wherever they stand.
 */
public record Place(Veto.Position position) {
  /** No place in the text. */
  public static final Place NONE = new Place(Veto.Position.NONE);

  public Place {
    requireNonNull(position, "position");
  }

  /** Where the node was read. */
  public static Place of(SqlNode node) {
    int line = node.getParserPosition().getLineNum();
    return line < 1
        ? NONE
        : new Place(new Veto.Position(line, node.getParserPosition().getColumnNum()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Place;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
