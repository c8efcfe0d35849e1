// SPDX-License-Identifier: Apache-2.0
/**
 * A Hive Metastore of the gateway's own, for a lake with nothing configured. Catalogs reach it by
 * its thrift URI like any other.
 */
package io.kitsune.engine.metastore;
