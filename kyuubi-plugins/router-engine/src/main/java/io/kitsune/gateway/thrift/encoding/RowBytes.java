// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * How many rows of a batch make a row set of a bounded size. Read off the vectors' offsets, so that
 * one row of a gigabyte among small ones is seen, at a cost that does not grow with the rows.
 */
final class RowBytes {
  /** A length before each text; the widest of the fixed forms, a decimal or timestamp as text. */
  private static final long LENGTH = 4;

  private static final long FIXED = 40;

  private RowBytes() {}

  /**
   * The largest number of rows, at least 1 and at most {@code limit}, whose encoding stays below
   * {@code maxBytes}.
   */
  static int rowsWithin(VectorSchemaRoot batch, int from, int limit, long maxBytes) {
    if (bytes(batch, from, from + limit) <= maxBytes) {
      return limit;
    }
    int fits = 1;
    int tooMany = limit;
    while (tooMany - fits > 1) {
      int middle = (fits + tooMany) >>> 1;
      if (bytes(batch, from, from + middle) <= maxBytes) {
        fits = middle;
      } else {
        tooMany = middle;
      }
    }
    return fits;
  }

  private static long bytes(VectorSchemaRoot batch, int from, int to) {
    long bytes = 0;
    for (FieldVector vector : batch.getFieldVectors()) {
      bytes += bytes(vector, from, to);
    }
    return bytes;
  }

  private static long bytes(FieldVector vector, int from, int to) {
    long rows = to - from;
    if (rows == 0) {
      return 0;
    } else if (vector instanceof BaseVariableWidthVector texts) {
      return rows * LENGTH + texts.getEndOffset(to - 1) - texts.getStartOffset(from);
    } else if (vector instanceof ListVector lists) {
      int first = lists.getElementStartIndex(from);
      int last = lists.getElementEndIndex(to - 1);
      return rows * LENGTH + bytes(lists.getDataVector(), first, last);
    } else if (vector instanceof StructVector structs) {
      long bytes = rows * LENGTH;
      for (FieldVector member : structs.getChildrenFromFields()) {
        bytes += rows * (member.getName().length() + LENGTH) + bytes(member, from, to);
      }
      return bytes;
    }
    return rows * FIXED;
  }
}
