// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.scan;

/** How far an estimate can be trusted, best first. */
public enum Confidence {
  /** Counted: files were listed, and their metadata says what was asked. */
  EXACT,
  /** From statistics that a writer left; true when they were written. */
  STATISTICS,
  /** Derived from sizes by rules of thumb. */
  GUESSED,
  /** Nothing is known. Never the same as zero. */
  UNKNOWN
}
