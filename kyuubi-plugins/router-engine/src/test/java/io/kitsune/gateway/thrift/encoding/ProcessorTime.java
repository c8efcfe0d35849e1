// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * A JMH profiler: the processor time of the whole process (garbage collection included) for each
 * operation. On a machine that others use too, it is steadier than the time on the clock. Use it
 * with {@code -prof io.kitsune.gateway.thrift.encoding.ProcessorTime}.
 */
public class ProcessorTime implements InternalProfiler {
  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private long start;

  @Override
  public String getDescription() {
    return "processor time of the process for each operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    start = SYSTEM.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double nanoseconds = SYSTEM.getProcessCpuTime() - start;
    return List.of(
        new ScalarResult(
            "cpu", nanoseconds / result.getMetadata().getAllOps(), "ns/op", AggregationPolicy.AVG));
  }
}
