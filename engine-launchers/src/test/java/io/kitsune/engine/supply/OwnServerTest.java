// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.process.ChildProcess;
import io.kitsune.engine.process.Children;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a small program for a server. */
@Timeout(120)
final class OwnServerTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final AtomicBoolean needed = new AtomicBoolean();
  private final AtomicInteger asked = new AtomicInteger();
  @TempDir private Path folder;
  private OwnServer<String> servers;

  @AfterEach
  void close() {
    servers.close();
  }

  @Test
  void oneThatWasKilledIsMissedAndReplaced() {
    servers = servers(Duration.ofMinutes(10));
    RunningServer<String> killed = servers.lease(ProgressListener.NONE);

    ProcessHandle.of(pid(killed)).orElseThrow().destroyForcibly();

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(servers.status())
                    .isEqualTo(
                        new EngineStatus(
                            Engine.SPARK, State.COLD, "it ended unexpectedly with exit code 137")));
    assertThat(killed.ended()).isTrue();
    RunningServer<String> next = servers.lease(ProgressListener.NONE);
    assertThat(pid(next)).isNotEqualTo(pid(killed));
    assertThat(next.ended()).isFalse();
    // A lease of the dead one does not count for the next.
    servers.giveBack(killed);
    servers.giveBack(next);
  }

  @Test
  void oneWithoutALeaseIsKeptWhileItIsNeeded() {
    needed.set(true);
    servers = servers(Duration.ofMillis(1));
    RunningServer<String> server = servers.lease(ProgressListener.NONE);
    servers.giveBack(server);

    await().atMost(SOON).until(() -> asked.get() >= 3);
    assertThat(servers.stop()).isFalse();
    assertThat(server.alive()).isTrue();

    needed.set(false);
    await().atMost(SOON).until(server::ended);
    assertThat(servers.status().state()).isEqualTo(State.COLD);
  }

  /** On a busy machine it may take those who waited longer than the idle time to come for it. */
  @Test
  void oneThatIsWaitedForIsNotIdle() throws Exception {
    servers = servers(Duration.ofMillis(1));
    CountDownLatch slow = new CountDownLatch(1);
    CompletableFuture<RunningServer<String>> waiting =
        CompletableFuture.supplyAsync(() -> servers.lease(line -> awaitLatch(slow)));
    await().atMost(SOON).until(() -> servers.status().state() == State.READY);

    // Several looks at whether it is idle; were it taken for that, it would be stopped by them.
    await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> asked.get() == 0);
    slow.countDown();

    RunningServer<String> server = waiting.get(SOON.toSeconds(), TimeUnit.SECONDS);
    assertThat(server.alive()).isTrue();
    servers.giveBack(server);
    await().atMost(SOON).until(server::ended);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private OwnServer<String> servers(Duration idle) {
    return new OwnServer<>(
        Engine.SPARK,
        "Spark",
        this::start,
        new OwnServer.Limits(SOON, idle),
        address -> {
          asked.incrementAndGet();
          return needed.get();
        });
  }

  private RunningServer<String> start(ProgressListener listener) {
    listener.progress("starting Spark");
    ChildProcess child = ChildProcess.start(Children.program(folder, Children.Stays.class));
    child.awaitReady(SOON, () -> child.lastLines().contains("ready"));
    return RunningServer.started("Spark", "here", child);
  }

  private static long pid(RunningServer<String> server) {
    return server.child().orElseThrow().pid();
  }
}
