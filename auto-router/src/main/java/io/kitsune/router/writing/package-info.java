// SPDX-License-Identifier: Apache-2.0
/**
 * From an analysed query to an engine's text. Here is how a query is put together in a dialect, how
 * tables become explicit lists of files for DuckDB and names in Trino's catalogs; which expressions
 * mean the same, and in what form, is {@code equivalence}'s to say.
 */
package io.kitsune.router.writing;
