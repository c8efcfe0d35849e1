// SPDX-License-Identifier: Apache-2.0
/**
 * Spark behind its Thrift server: started here from resolved artifacts or a Spark home, or found at
 * an address. Results are relayed as Spark encodes them; nothing is decoded on the way.
 */
package io.kitsune.engine.spark;
