// SPDX-License-Identifier: Apache-2.0
/**
 * Statements that the gateway answers itself, from the catalogs and the session: USE, SET, SHOW,
 * DESCRIBE, EXPLAIN ROUTE. Labels, types and order are Spark's.
 */
package io.kitsune.gateway.statement;
