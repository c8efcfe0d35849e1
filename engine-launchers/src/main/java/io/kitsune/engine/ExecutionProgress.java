// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far an engine is with a statement, as it says itself. Immutable.
 *
 * @param fraction done, from 0 to 1; empty where the engine does not know
 * @param stage what it does now, in the engine's words ("3 of 7 stages"); empty where it says
 *     nothing
 * @param rows read so far; empty where the engine does not count
 * @param bytes read so far; empty where the engine does not count
 */
public record ExecutionProgress(
    OptionalDouble fraction, String stage, OptionalLong rows, OptionalLong bytes) {
  /** Nothing is known. */
  public static final ExecutionProgress UNKNOWN =
      new ExecutionProgress(OptionalDouble.empty(), "", OptionalLong.empty(), OptionalLong.empty());

  public ExecutionProgress {
    requireNonNull(fraction, "fraction");
    requireNonNull(stage, "stage");
    requireNonNull(rows, "rows");
    requireNonNull(bytes, "bytes");
    if (fraction.isPresent() && !(fraction.getAsDouble() >= 0 && fraction.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "a fraction lies between 0 and 1: " + fraction.getAsDouble());
    }
  }
}
