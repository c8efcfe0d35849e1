// SPDX-License-Identifier: Apache-2.0
/**
 * Trino behind its client protocol: a server started here from resolved artifacts, or a cluster (or
 * a Trino Gateway) found at a URL. Results arrive as JSON pages and leave as Arrow batches of
 * Spark's types.
 */
package io.kitsune.engine.trino;
