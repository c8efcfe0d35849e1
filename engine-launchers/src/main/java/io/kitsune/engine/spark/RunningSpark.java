// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.process.ChildProcess;
import io.kitsune.error.KitsuneException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Spark that answers, or did: one started here, or somebody else's. Thread-safe. */
final class RunningSpark implements AutoCloseable {
  private static final long OBITUARY_MILLIS = 2_000;

  private final ThriftAddress address;
  private final Optional<ChildProcess> child;

  private RunningSpark(ThriftAddress address, Optional<ChildProcess> child) {
    this.address = address;
    this.child = child;
  }

  static RunningSpark started(ThriftAddress address, ChildProcess child) {
    return new RunningSpark(address, Optional.of(child));
  }

  static RunningSpark found(ThriftAddress address) {
    return new RunningSpark(address, Optional.empty());
  }

  ThriftAddress address() {
    return address;
  }

  Optional<ChildProcess> child() {
    return child;
  }

  /** False once the process ended; somebody else's is believed to live. */
  boolean alive() {
    return child.map(ChildProcess::alive).orElse(true);
  }

  /** The error for a connection that broke: says whether Spark itself died, and quotes its log. */
  KitsuneException gone(Throwable cause) {
    if (child.isPresent()) {
      // The connection breaks a moment before the process is seen to have ended.
      child
          .get()
          .exit()
          .copy()
          .completeOnTimeout(-1, OBITUARY_MILLIS, TimeUnit.MILLISECONDS)
          .join();
    }
    String fate =
        child
            .map(process -> process.alive() ? "is running, but " + reason(cause) : "ended")
            .orElseGet(() -> "at " + address + " can't be reached: " + reason(cause));
    String obituary = child.map(process -> " " + process.obituary()).orElse("");
    return new KitsuneException(
        "ENGINE_GONE",
        "08006",
        "Spark %s. What ran in it was lost; run the statement again, on a new session.%s"
            .formatted(fate, obituary),
        cause);
  }

  private static String reason(Throwable cause) {
    return "the connection to it broke (" + cause.getMessage() + ")";
  }

  @Override
  public void close() {
    child.ifPresent(ChildProcess::close);
  }
}
