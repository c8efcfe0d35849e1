// SPDX-License-Identifier: Apache-2.0
/**
 * Engines that Kyuubi launches, shares and reaps: a session of Kyuubi's for each session here, rows
 * relayed as the engine encodes them. What is said to Kyuubi's server and how its answers are read
 * is here; finding servers in ZooKeeper is not.
 */
package io.kitsune.engine.kyuubi;
