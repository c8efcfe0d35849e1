// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

/** What the process's exit code means; printed by {@code --help}. */
final class ExitCode {
  /** All went as it should. */
  static final int OK = 0;

  /** A statement failed, or the demo was not as it should be. */
  static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  static final int USAGE = 2;

  /** No connection, or a server could not be started. */
  static final int UNREACHABLE = 3;

  private ExitCode() {}
}
