// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.gateway.Gateway;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a gateway leaves: no new sessions, the open ones finish; who does not is told, and goes. */
final class Drain {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final Duration REPORT_PERIOD = Duration.ofSeconds(10);

  /** For clients to hear that their statements have failed; drivers ask twice a second or so. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Gateway gateway;
  private final Duration limit;

  Drain(Gateway gateway, Duration limit) {
    this.gateway = gateway;
    this.limit = limit;
  }

  /** Returns when no session is open any more, or none that would still be listened to. */
  void run() throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    LOG.info("Draining: no new sessions; {} are open and have {}", gateway.sessions(), limit);
    Duration left = limit;
    while (!gateway.drain(left.compareTo(REPORT_PERIOD) < 0 ? left : REPORT_PERIOD)) {
      left = Duration.ofNanos(deadline - System.nanoTime());
      if (left.isNegative() || left.isZero()) {
        LOG.warn(
            "Draining: {} sessions are open after {}, {} statements run; they are told",
            gateway.sessions(),
            limit,
            gateway.runningStatements());
        gateway.stopStatements();
        boolean ignored = gateway.drain(GRACE);
        return;
      }
      LOG.info(
          "Draining: {} sessions are open, {} statements run, {} s are left",
          gateway.sessions(),
          gateway.runningStatements(),
          left.toSeconds());
    }
    boolean ignored = gateway.awaitDisconnected(GRACE);
    LOG.info("Drained: no session is open");
  }
}
