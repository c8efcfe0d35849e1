// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

/** Told of continuous jobs, before the client is. */
interface JobListener {
  /** For a Flink whose jobs are somebody else's to keep. */
  JobListener NONE =
      new JobListener() {
        @Override
        public void started(ContinuousJob job) {}

        @Override
        public void stopped() {}
      };

  /** One was submitted. */
  void started(ContinuousJob job);

  /** One was stopped; which one, Flink knows. */
  void stopped();
}
