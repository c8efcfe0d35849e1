// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark.child;

/**
 * Tasks of one run of a stage, of an execution or of a statement. Not thread-safe.
 *
 * <p>A stage that has ended counts with the tasks that it finished: what was left when it failed or
 * was cancelled comes again in another run, or never.
 */
final class TaskCount {
  private int stages;
  private int endedStages;
  private long tasks;
  private long finishedTasks;
  private long runningTasks;
  private long rows;
  private long bytes;

  /** Of a stage that has just begun. */
  static TaskCount ofStage(int tasks) {
    TaskCount count = new TaskCount();
    count.stages = 1;
    count.tasks = tasks;
    return count;
  }

  void taskStarted() {
    runningTasks++;
  }

  void taskEnded(boolean successful, long rowsRead, long bytesRead) {
    runningTasks--;
    if (successful && finishedTasks < tasks) {
      finishedTasks++;
      rows += rowsRead;
      bytes += bytesRead;
    }
  }

  void stageEnded() {
    endedStages = stages;
    tasks = finishedTasks;
  }

  void add(TaskCount other) {
    stages += other.stages;
    endedStages += other.endedStages;
    tasks += other.tasks;
    finishedTasks += other.finishedTasks;
    runningTasks += other.runningTasks;
    rows += other.rows;
    bytes += other.bytes;
  }

  String toJson() {
    return ("{\"stages\":%d,\"endedStages\":%d,\"tasks\":%d,\"finishedTasks\":%d,"
            + "\"runningTasks\":%d,\"rows\":%d,\"bytes\":%d}")
        .formatted(stages, endedStages, tasks, finishedTasks, runningTasks, rows, bytes);
  }
}
