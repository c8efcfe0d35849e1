// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import java.time.Duration;

/** Why an operation has no rows to give. */
final class OperationErrors {
  private OperationErrors() {}

  static KitsuneException cancelled() {
    return new KitsuneException("STATEMENT_CANCELLED", "57014", "The statement was cancelled.");
  }

  static KitsuneException running() {
    return new KitsuneException(
        "OPERATION_RUNNING",
        "HY010",
        "The statement still runs; ask for its status until it is finished.");
  }

  static KitsuneException closed() {
    return new KitsuneException("OPERATION_CLOSED", "HY010", "The operation is closed.");
  }

  /** It waited for the sessions as long as it may. */
  static KitsuneException drained() {
    return new KitsuneException(
        "GATEWAY_STOPPED",
        "57P01",
        "The gateway stops, and has waited as long as it may (kitsune.drain.timeout). Connect again and run the statement again; if it writes, look first whether it has.");
  }

  static KitsuneException stopped(InterruptedException cause) {
    return new KitsuneException(
        "GATEWAY_STOPPED", "57P01", "The gateway stops; run the statement again.", cause);
  }

  static KitsuneException busy() {
    return new KitsuneException(
        "OPERATION_BUSY", "HY010", "Another call is fetching from this operation; wait for it.");
  }

  static KitsuneException timedOut(Duration limit) {
    return new KitsuneException(
        "STATEMENT_TIMEOUT",
        "57014",
        "The statement was stopped after %d s, its time limit. Raise the query timeout, or read less."
            .formatted(limit.toSeconds()));
  }
}
