// SPDX-License-Identifier: Apache-2.0
/**
 * The Hive Metastore as a catalog: its Thrift client, and its tables and views as {@link
 * io.kitsune.catalog.Table}. Iceberg's own metadata is read behind {@link
 * io.kitsune.catalog.hive.IcebergTables}.
 */
package io.kitsune.catalog.hive;
