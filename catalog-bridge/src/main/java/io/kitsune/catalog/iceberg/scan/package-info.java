// SPDX-License-Identifier: Apache-2.0
/**
 * What a statement would read of an Iceberg table: manifests and column bounds prune its files,
 * column sizes say how much is read, and the files' footers whether another reader than Iceberg's
 * would read the same.
 */
package io.kitsune.catalog.iceberg.scan;
