// SPDX-License-Identifier: Apache-2.0
/**
 * Iceberg tables and catalogs: metadata files read and kept, versions pinned, types as Spark names
 * them, and the REST catalog. What a statement would read of a table is in {@code scan}; nothing
 * here writes.
 */
package io.kitsune.catalog.iceberg;
