// SPDX-License-Identifier: Apache-2.0
/**
 * The client's side of TCLIService, which Spark's Thrift server and Kyuubi speak: connections, rows
 * as the server encodes them, its log. Nothing here knows which engine is behind the server.
 */
package io.kitsune.engine.thrift;
