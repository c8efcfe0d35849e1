// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

/** Takes a shutdown hook back. */
final class ShutdownHooks {
  private ShutdownHooks() {}

  /** Without effect while the machine shuts down already: then the hook is running. */
  static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook does its work.
    }
  }
}
