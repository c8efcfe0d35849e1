// SPDX-License-Identifier: Apache-2.0
/**
 * What a table is. {@link io.kitsune.catalog.Table} is what a name stands for, {@link
 * io.kitsune.catalog.Catalogs} finds it. What a statement would read of it is in {@code scan}.
 */
package io.kitsune.catalog;
