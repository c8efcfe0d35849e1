// SPDX-License-Identifier: Apache-2.0
/**
 * JDBC's metadata calls, answered from the catalogs with the columns that JDBC and HiveServer2
 * define. No engine is started for them.
 */
package io.kitsune.gateway.metadata;
