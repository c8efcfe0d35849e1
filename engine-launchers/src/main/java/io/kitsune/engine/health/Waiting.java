// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

/** A statement that may have to wait for its turn. Called on the thread that waits. */
public interface Waiting {
  /** True once nobody wants the statement any more. */
  boolean abandoned();

  /**
   * Told when it has to wait.
   *
   * @param line for a person ("waiting for spark: 4 statements run, 2 wait before")
   */
  void queued(String line);
}
