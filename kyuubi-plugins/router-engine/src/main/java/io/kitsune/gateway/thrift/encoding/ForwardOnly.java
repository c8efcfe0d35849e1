// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.error.KitsuneException;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;

/** Where a reader that can only go on stands. */
final class ForwardOnly {
  private long position;

  /** The number of rows handed out so far: the offset of the next row set. */
  long position() {
    return position;
  }

  void advance(int rows) {
    position += rows;
  }

  /**
   * Lets FETCH_NEXT pass, and FETCH_FIRST as long as nothing was read: the Hive driver starts with
   * it where a cursor is scrollable.
   */
  void check(TFetchOrientation orientation) {
    boolean atStart = orientation == TFetchOrientation.FETCH_FIRST && position == 0;
    if (orientation != TFetchOrientation.FETCH_NEXT && !atStart) {
      throw new KitsuneException(
          "RESULT_NOT_SCROLLABLE",
          "24000",
          "The result can only be read forwards, and %s was asked for after %d rows. Run the statement again to read it from the start."
              .formatted(orientation, position));
    }
  }
}
