// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.engine.EngineContract;
import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.process.RunningJvm;
import io.kitsune.engine.spark.SparkContractStatements;
import io.kitsune.engine.thrift.Authentication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Against the stock Kyuubi whose URL is given; skipped where none is. */
@EnabledIfSystemProperty(named = "kitsune.test.kyuubi", matches = "kyuubi://.*")
class KyuubiContractTest extends EngineContract {
  private final KyuubiLauncher launcher =
      new KyuubiLauncher(
          new KyuubiEngineSettings(
              KyuubiEngine.SPARK,
              KyuubiServers.at(
                  ((KyuubiUrl.Servers) KyuubiUrl.parse(System.getProperty("kitsune.test.kyuubi")))
                      .servers()),
              new KyuubiLogin.Impersonating("kitsune", new Authentication.Plain("x")),
              "contract",
              Map.of(),
              new KyuubiEngineSettings.Limits(
                  Duration.ofMinutes(3), Duration.ofMinutes(2), 10_000, 4 << 20)));

  KyuubiContractTest() {
    super(new SparkContractStatements());
  }

  @AfterAll
  void close() {
    launcher.close();
  }

  @Override
  protected EngineLauncher launcher() {
    return launcher;
  }

  /** Threads of the engine that run a task. */
  @Override
  protected List<String> listed() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("SparkSQLEngine")
                    && process.info().commandLine().orElse("").contains("_tester_"))
        .flatMap(
            process ->
                new RunningJvm(process.pid())
                    .linesOf("org.apache.spark.executor.Executor$TaskRunner.run").stream())
        .toList();
  }

  @Override
  protected int many() {
    return 60;
  }

  @Override
  protected String statementName() {
    return "\\(Spark's statement [0-9a-f-]{36}\\)";
  }

  @Override
  protected void assertNothingIsLeft() {
    assertThat(launcher.openSessions()).isZero();
  }

  @Override
  protected long heldBytes() {
    // A row set is handed on as it comes.
    return 0;
  }
}
