// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import java.util.UUID;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Errors as clients get them: code and sentence, SQLSTATE, and no stack trace. What was not
 * foreseen is logged under a number that the client is told.
 */
final class Statuses {
  private static final Logger LOG = LoggerFactory.getLogger(Statuses.class);

  /** JDBC's vendor code. Ours are words, and stand in the message. */
  static final int VENDOR_CODE = 0;

  private Statuses() {}

  static TStatus success() {
    return new TStatus(TStatusCode.SUCCESS_STATUS);
  }

  static TStatus error(KitsuneException error) {
    TStatus status = new TStatus(TStatusCode.ERROR_STATUS);
    status.setSqlState(error.sqlState());
    status.setErrorCode(VENDOR_CODE);
    status.setErrorMessage(message(error));
    return status;
  }

  static String message(KitsuneException error) {
    return error.code() + ": " + error.getMessage();
  }

  /** The error itself, or one that stands for a fault of ours and says where to look it up. */
  static KitsuneException known(Throwable thrown) {
    if (thrown instanceof KitsuneException error) {
      return error;
    }
    String number = UUID.randomUUID().toString();
    LOG.error("Fault {}", number, thrown);
    return new KitsuneException(
        "INTERNAL_ERROR",
        "XX000",
        "A fault in the gateway (%s). Please report it with the lines that the gateway's log has under %s."
            .formatted(thrown.getClass().getSimpleName(), number),
        thrown);
  }
}
