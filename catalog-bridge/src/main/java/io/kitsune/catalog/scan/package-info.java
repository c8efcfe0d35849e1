// SPDX-License-Identifier: Apache-2.0
/** What a statement would read: partitions and files pruned, bytes and rows estimated. */
package io.kitsune.catalog.scan;
