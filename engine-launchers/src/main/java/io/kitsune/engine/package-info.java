// SPDX-License-Identifier: Apache-2.0
/**
 * Engines behind one interface: a launcher opens sessions, a session starts statements, an
 * execution has a cursor. Each engine stands in a package of its own.
 */
package io.kitsune.engine;
