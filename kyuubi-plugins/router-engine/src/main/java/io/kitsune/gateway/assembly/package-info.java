// SPDX-License-Identifier: Apache-2.0
/**
 * Puts one router engine together from its configuration: catalogs, redirections, router, engines,
 * gateway, discovery; and the lake that stands in where no catalog is configured. Everything that
 * must agree between the gateway's view of a catalog and Spark's is decided here.
 */
package io.kitsune.gateway.assembly;
