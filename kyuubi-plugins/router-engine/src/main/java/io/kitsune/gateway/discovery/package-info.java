// SPDX-License-Identifier: Apache-2.0
/**
 * How Kyuubi servers and drivers find this gateway: its entries in ZooKeeper, and what it means
 * when one of them goes. Serving those who come is not this package's business.
 */
package io.kitsune.gateway.discovery;
