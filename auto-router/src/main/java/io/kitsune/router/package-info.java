// SPDX-License-Identifier: Apache-2.0
/**
 * What a statement needs and who gets it. {@code Router} turns a text and a session into a
 * decision, a value that is both executed and shown by {@code EXPLAIN ROUTE}.
 */
package io.kitsune.router;
