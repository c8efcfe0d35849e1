// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.engine.EngineContract;
import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.process.RunningJvm;
import java.util.List;
import java.util.Map;

class SparkContractTest extends EngineContract {
  SparkContractTest() {
    super(new SparkContractStatements());
  }

  @Override
  protected EngineLauncher launcher() {
    return SharedSpark.launcher();
  }

  /** Threads that run a task: it has no other list without its user interface. */
  @Override
  protected List<String> listed() {
    long pid = RunningJvm.in(SharedSpark.folder()).get(0).pid();
    return new RunningJvm(pid).linesOf("org.apache.spark.executor.Executor$TaskRunner.run");
  }

  @Override
  protected int many() {
    return 200;
  }

  @Override
  protected Map<String, Long> heldByTheEngine() {
    return RunningJvm.held(SharedSpark.folder(), "org.apache.spark.sql.hive.thriftserver.");
  }

  @Override
  protected String statementName() {
    return "\\(Spark's statement [0-9a-f-]{36}\\)";
  }

  @Override
  protected void assertNothingIsLeft() {
    assertThat(SharedSpark.launcher().openSessions()).isZero();
  }

  @Override
  protected long heldBytes() {
    // A row set is handed on as it comes.
    return 0;
  }
}
