// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import java.util.concurrent.TimeUnit;

/**
 * Pauses between questions to the SQL Gateway, which answers at once even if there is nothing new:
 * short at first, then longer, up to a length that nobody notices.
 */
final class Pauses {
  private static final long FIRST_MILLIS = 5;
  private static final long LONGEST_MILLIS = 100;

  private long millis = FIRST_MILLIS;

  /** The next one. */
  void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis);
    millis = Math.min(LONGEST_MILLIS, millis + millis / 2);
  }
}
