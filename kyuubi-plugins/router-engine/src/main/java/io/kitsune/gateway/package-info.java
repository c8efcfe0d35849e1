// SPDX-License-Identifier: Apache-2.0
/**
 * The gateway: sessions and operations of clients, and how a statement gets from a client to the
 * engine that was chosen for it and its rows back. The port stands in {@code thrift}, answers
 * without an engine in {@code statement} and {@code metadata}; who is chosen is decided elsewhere.
 */
package io.kitsune.gateway;
