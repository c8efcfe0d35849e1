// SPDX-License-Identifier: Apache-2.0
/**
 * How the engines are, and whose turn it is: states with their reasons, a breaker for an engine
 * that fails again and again, limits on what runs and waits, and the memory that engines on this
 * machine share. Knows launchers only by their interface.
 */
package io.kitsune.engine.health;
