// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.flink.FlinkCatalogs;
import io.kitsune.engine.flink.FlinkLauncher;
import io.kitsune.engine.flink.FlinkSettings;
import io.kitsune.engine.flink.FlinkSource;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.TestArtifacts;
import io.kitsune.engine.spark.MetastoreAddress;
import io.kitsune.engine.spark.SparkLauncher;
import io.kitsune.engine.spark.SparkSettings;
import io.kitsune.engine.spark.SparkSource;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shared memory with a real Spark and a real Flink, which have to make room. */
@Timeout(400)
final class MemoryBudgetTest {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final String FAST = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  @TempDir private Path home;

  @Test
  void idleEnginesMakeRoomTheLeastRecentlyUsedFirstAndBusyOnesStay() throws Exception {
    try (EngineLauncher spark = new SparkLauncher(spark());
        EngineLauncher flink = new FlinkLauncher(flink())) {
      ScriptedLauncher trino = new ScriptedLauncher(Engine.TRINO, State.COLD, flink.memoryNeed());
      SettableClock clock = new SettableClock();
      try (EngineFleet fleet =
          new EngineFleet(
              Stream.of(spark, flink, trino)
                  .map(
                      each ->
                          new WatchedEngine(
                              each, EngineLimits.DEFAULT, BreakerSettings.DEFAULT, clock))
                  .toList(),
              spark.memoryNeed() + flink.memoryNeed())) {
        EngineSession flinkSession = open(fleet, Engine.FLINK);
        clock.advance(Duration.ofMinutes(1));
        EngineSession sparkSession = open(fleet, Engine.SPARK);
        assertMemoryIsTrue(fleet, Engine.FLINK);
        assertMemoryIsTrue(fleet, Engine.SPARK);
        clock.advance(Duration.ofMinutes(1));

        Turn trinoTurn = turn(fleet, Engine.TRINO);
        trino.state = State.READY;

        assertThat(children("flink")).isEmpty();
        assertThat(flinkSession.alive()).isFalse();
        assertThat(fleet.report(Engine.FLINK).status().reason()).contains("make room");
        assertThat(fleet.report(Engine.FLINK).memory()).isEmpty();
        assertThat(sparkSession.alive()).isTrue();

        Turn sparkTurn = turn(fleet, Engine.SPARK);
        KitsuneException refused =
            catchThrowableOfType(KitsuneException.class, () -> turn(fleet, Engine.FLINK).close());
        assertThat(refused.code()).isEqualTo("ENGINE_NO_MEMORY");
        assertThat(refused).hasMessageContainingAll("flink", "spark", "trino");
        assertThat(sparkSession.alive()).isTrue();

        sparkTurn.close();
        flinkSession.close();
        try (EngineSession again = open(fleet, Engine.FLINK);
            StatementExecution execution =
                again.execute(new Dispatch.FlinkStatement("SELECT 1", Map.of()))) {
          assertThat(execution.await(SOON)).isEqualTo(StatementExecution.State.FINISHED);
        }
        assertThat(children("spark")).isEmpty();
        assertThat(flink.startTimes().count()).isEqualTo(2);
        sparkSession.close();
        trinoTurn.close();
      }
    }
  }

  /** Opened in a turn that has ended since: nothing runs in it. */
  private static EngineSession open(EngineFleet fleet, Engine engine) throws InterruptedException {
    try (Turn unused = turn(fleet, engine)) {
      return fleet
          .launcher(engine)
          .open(new SessionSettings("memory", "ann", 9, Map.of()), ProgressListener.NONE);
    }
  }

  private static Turn turn(EngineFleet fleet, Engine engine) throws InterruptedException {
    return fleet.admit(engine, "ann", new PatientWaiting()).orElseThrow();
  }

  /** What the gateway says is what the system says, and no more than was counted with. */
  private void assertMemoryIsTrue(EngineFleet fleet, Engine engine) throws IOException {
    long resident = residentBytes(children(engine.id()).get(0));
    assertThat(fleet.report(engine).memory().orElseThrow())
        .isBetween(resident / 2, resident * 2)
        .isBetween(100L << 20, fleet.launcher(engine).memoryNeed());
  }

  private static long residentBytes(ProcessHandle process) throws IOException {
    // Of the second figure, in pages, proc(5) says: resident set size.
    String[] pages =
        Files.readString(Path.of("/proc", Long.toString(process.pid()), "statm")).split(" ", -1);
    return Long.parseLong(pages[1]) * 4096;
  }

  private List<ProcessHandle> children(String folder) {
    String path = home.resolve(folder).toString();
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(path))
        .toList();
  }

  private SparkSettings spark() {
    return new SparkSettings(
        new SparkSource.Download(TestArtifacts.shared()),
        home.resolve("spark"),
        home.resolve("warehouse"),
        JvmProgram.currentJavaHome(),
        512,
        MetastoreAddress.NONE,
        Map.of("spark.driver.extraJavaOptions", FAST),
        SparkSettings.Limits.DEFAULT);
  }

  private FlinkSettings flink() {
    return new FlinkSettings(
        new FlinkSource.Download(TestArtifacts.shared()),
        home.resolve("flink"),
        home.resolve("flink-libraries"),
        JvmProgram.currentJavaHome(),
        512,
        16,
        FlinkCatalogs.NONE,
        Map.of("env.java.opts.all", FAST),
        new FlinkSettings.Limits(
            Duration.ofMinutes(3),
            Duration.ofMinutes(30),
            Duration.ofMinutes(2),
            Duration.ofSeconds(1)));
  }
}
