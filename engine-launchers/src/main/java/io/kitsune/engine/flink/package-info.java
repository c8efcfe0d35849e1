// SPDX-License-Identifier: Apache-2.0
/**
 * Flink behind its SQL Gateway's REST API: a cluster and gateway started here in one process, or a
 * gateway found at an address. Statements are Flink SQL, sent as they are; Flink reads them.
 */
package io.kitsune.engine.flink;
