// SPDX-License-Identifier: Apache-2.0
/**
 * Reads Flink's SQL with Flink's own parser. Every class here is defined by a class loader that has
 * that parser and the Calcite that it was made for, never beside the gateway's own Calcite: used
 * here may be what both versions have, and what belongs to Flink is reached by name.
 */
package io.kitsune.engine.flink.parser;
