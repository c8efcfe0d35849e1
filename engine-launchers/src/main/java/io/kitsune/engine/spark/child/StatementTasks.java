// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark.child;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Counts the tasks of the latest statements. Spark's Thrift server makes a statement's id the job
 * group of its jobs ({@code SparkExecuteStatementOperation}); those that build a broadcast table
 * have a group of their own ({@code BroadcastExchangeExec}) and are known by the execution that
 * they belong to. Keeps numbers only, of a bounded number of statements. Thread-safe.
 *
 * <p>Nothing of Scala's collections is touched: their classes differ between 2.12 and 2.13.
 */
final class StatementTasks extends SparkListener {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String EXECUTION = "spark.sql.execution.id";
  private static final int STATEMENTS = 1_000;
  private static final int STAGES = 10_000;

  /** What a statement consists of, by its id. */
  private final Map<String, Set<String>> executions = new Recent<>(STATEMENTS);

  /** The runs of stages of an execution. */
  private final Map<String, Set<String>> stages = new Recent<>(2 * STATEMENTS);

  private final Map<String, TaskCount> counts = new Recent<>(STAGES);

  /** The tasks of that statement; empty if it has had none so far, or long ago. */
  synchronized Optional<TaskCount> of(String statement) {
    Set<String> parts = executions.get(statement);
    if (parts == null) {
      return Optional.empty();
    }
    TaskCount sum = new TaskCount();
    for (String execution : parts) {
      for (String stage : stages.getOrDefault(execution, Set.of())) {
        Optional.ofNullable(counts.get(stage)).ifPresent(sum::add);
      }
    }
    return Optional.of(sum);
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    Properties properties = event.properties();
    String group = properties == null ? null : properties.getProperty(GROUP);
    if (group == null) {
      return;
    }
    String execution = properties.getProperty(EXECUTION, group);
    String stage = stage(event.stageInfo().stageId(), event.stageInfo().attemptNumber());
    executions.computeIfAbsent(group, first -> new LinkedHashSet<>()).add(execution);
    stages.computeIfAbsent(execution, first -> new LinkedHashSet<>()).add(stage);
    counts.put(stage, TaskCount.ofStage(event.stageInfo().numTasks()));
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    TaskCount count = counts.get(stage(event.stageId(), event.stageAttemptId()));
    if (count != null) {
      count.taskStarted();
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    TaskCount count = counts.get(stage(event.stageId(), event.stageAttemptId()));
    if (count == null) {
      return;
    }
    TaskMetrics metrics = event.taskMetrics();
    count.taskEnded(
        event.taskInfo().successful(),
        metrics == null ? 0 : metrics.inputMetrics().recordsRead(),
        metrics == null ? 0 : metrics.inputMetrics().bytesRead());
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
    TaskCount count =
        counts.get(stage(event.stageInfo().stageId(), event.stageInfo().attemptNumber()));
    if (count != null) {
      count.stageEnded();
    }
  }

  private static String stage(int id, int attempt) {
    return id + "." + attempt;
  }
}
