// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import java.util.concurrent.CountDownLatch;

/** Waits until it is abandoned, and tells when it begins to wait. */
final class PatientWaiting implements Waiting {
  final CountDownLatch queued = new CountDownLatch(1);
  volatile boolean abandoned;
  volatile String line = "";

  @Override
  public boolean abandoned() {
    return abandoned;
  }

  @Override
  public void queued(String text) {
    line = text;
    queued.countDown();
  }
}
