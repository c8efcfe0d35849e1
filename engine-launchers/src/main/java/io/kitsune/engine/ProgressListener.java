// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

/** Told what the caller is waiting for; called from any thread, never concurrently. */
@FunctionalInterface
public interface ProgressListener {
  /** Ignores everything. */
  ProgressListener NONE = line -> {};

  /** One line for a person, without a line break ("downloading Spark: 120 of 310 MB"). */
  void progress(String line);
}
