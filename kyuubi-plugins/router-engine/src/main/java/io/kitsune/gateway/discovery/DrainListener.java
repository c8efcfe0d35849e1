// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

/** Told once when somebody else deregistered the gateway. */
@FunctionalInterface
public interface DrainListener {
  /**
   * The gateway should take no new sessions, finish those it has, and stop. Called on the
   * registration's own thread: it must not wait for sessions there.
   *
   * @param node the entry that was deleted
   */
  void drain(String node);
}
