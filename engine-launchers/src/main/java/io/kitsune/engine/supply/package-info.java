// SPDX-License-Identifier: Apache-2.0
/**
 * Engines that run in a process of their own: started when first leased, stopped when idle,
 * replaced when they died, or found where somebody else runs them. What kind of server it is and
 * how it is spoken to stays with the engine's package.
 */
package io.kitsune.engine.supply;
