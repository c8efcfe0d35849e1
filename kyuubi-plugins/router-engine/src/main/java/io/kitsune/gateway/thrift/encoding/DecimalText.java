// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.DecimalVector;

/** Decimals as {@code BigDecimal.toPlainString} writes them, without one for each. */
final class DecimalText {
  private final DecimalVector vector;
  private final ArrowBuf words;
  private final int scale;
  private final char[] digits = new char[40];

  DecimalText(DecimalVector vector) {
    this.vector = vector;
    this.words = vector.getDataBuffer();
    this.scale = vector.getScale();
  }

  void write(ColumnBytes out, int row) {
    long low = words.getLong(row * 16L);
    long high = words.getLong(row * 16L + 8);
    out.beginText();
    if (high == low >> 63 && low != Long.MIN_VALUE) {
      write(out, low);
    } else {
      out.append(vector.getObject(row).toPlainString());
    }
    out.endText();
  }

  private void write(ColumnBytes out, long unscaled) {
    if (unscaled < 0) {
      out.append('-');
    }
    long rest = Math.abs(unscaled);
    int count = 0;
    // At least one digit stands before the point.
    while (rest > 0 || count <= scale) {
      digits[count++] = (char) ('0' + rest % 10);
      rest /= 10;
    }
    for (int i = count - 1; i >= 0; i--) {
      out.append(digits[i]);
      if (i == scale && scale > 0) {
        out.append('.');
      }
    }
  }
}
