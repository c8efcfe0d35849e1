// SPDX-License-Identifier: Apache-2.0
/**
 * What a statement would read of a Hive table: partitions pruned by their values, files by the
 * bounds in their footers, and what in those files a generic reader would get wrong.
 */
package io.kitsune.catalog.hive.scan;
