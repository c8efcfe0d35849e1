// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.supply;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.process.ChildProcess;
import io.kitsune.error.KitsuneException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server that answers, or did: one started here, or somebody else's. Thread-safe.
 *
 * @param <A> how it is reached; its text is shown in errors, so no secret may be in it
 */
public final class RunningServer<A> implements AutoCloseable {
  private static final long OBITUARY_MILLIS = 2_000;

  private final String name;
  private final A address;
  private final Optional<ChildProcess> child;

  private RunningServer(String name, A address, Optional<ChildProcess> child) {
    this.name = requireNonNull(name, "name");
    this.address = requireNonNull(address, "address");
    this.child = child;
  }

  /** One that runs in that child. */
  public static <A> RunningServer<A> started(String name, A address, ChildProcess child) {
    return new RunningServer<>(name, address, Optional.of(child));
  }

  /** One that somebody else runs. */
  public static <A> RunningServer<A> found(String name, A address) {
    return new RunningServer<>(name, address, Optional.empty());
  }

  /** How it is reached. */
  public A address() {
    return address;
  }

  /** Its process, if it was started here. */
  public Optional<ChildProcess> child() {
    return child;
  }

  /** False once the process ended; somebody else's is believed to live. */
  public boolean alive() {
    return child.map(ChildProcess::alive).orElse(true);
  }

  /** True once its process is known to have ended; never so of somebody else's. */
  public boolean ended() {
    return !alive();
  }

  /** The error for a connection that broke: says whether the server died, and quotes its log. */
  public KitsuneException gone(Throwable cause) {
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
        "%s %s. What ran in it was lost; run the statement again, on a new session.%s"
            .formatted(name, fate, obituary),
        cause);
  }

  private static String reason(Throwable cause) {
    String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return "the connection to it broke (" + text + ")";
  }

  /** Stops it if it was started here. */
  @Override
  public void close() {
    child.ifPresent(ChildProcess::close);
  }
}
