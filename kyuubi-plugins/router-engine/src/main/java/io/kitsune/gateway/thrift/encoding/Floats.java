// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

/** FLOAT in a protocol that has only doubles. */
final class Floats {
  /** Up to here every whole number is a float, and its shortest text is its digits. */
  private static final float EXACT_WHOLE = 1 << 24;

  private Floats() {}

  /**
   * The double with the same shortest decimal text: 0.1f becomes 0.1, not 0.10000000149011612.
   * Clients print the double; Spark's Thrift server goes the same way (SPARK-32767).
   */
  static double widen(float value) {
    if (Float.isNaN(value)
        || Float.isInfinite(value)
        || (Math.abs(value) <= EXACT_WHOLE && value == Math.rint(value))) {
      return value;
    }
    return Double.parseDouble(Float.toString(value));
  }
}
