// SPDX-License-Identifier: Apache-2.0
/**
 * The command line. Each subcommand is a class; what they share is how a result is printed, how a
 * statement is run through JDBC, and how a lake of one's own is opened. Only this package writes to
 * standard output.
 */
package io.kitsune.gateway.command;
