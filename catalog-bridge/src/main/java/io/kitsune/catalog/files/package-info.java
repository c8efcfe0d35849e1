// SPDX-License-Identifier: Apache-2.0
/**
 * Folders and files of Hive tables: where they are, what is in a folder, and what the footer of a
 * Parquet file says. What a scan makes of it is decided in the scan packages.
 */
package io.kitsune.catalog.files;
