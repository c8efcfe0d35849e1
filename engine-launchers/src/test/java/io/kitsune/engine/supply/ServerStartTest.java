// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.ProgressListener;
import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ServerStartTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private final AtomicReference<RuntimeException> ended = new AtomicReference<>();

  @Test
  void anErrorEndsItToo() {
    ServerStart<String> start =
        begin(
            listener -> {
              throw new NoClassDefFoundError("some/Missing");
            });

    assertThatThrownBy(() -> start.await(LONG, ProgressListener.NONE))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("some/Missing")
        .extracting("code")
        .isEqualTo("ENGINE_START_FAILED");
    assertThat(ended.get()).hasMessageContaining("some/Missing");
  }

  @Test
  void aStepThatTakesTooLongIsNamed() {
    CountDownLatch never = new CountDownLatch(1);
    ServerStart<String> start =
        begin(
            listener -> {
              listener.progress("counting sheep");
              return interruptibly(never);
            });

    assertThatThrownBy(() -> start.await(Duration.ofMillis(300), ProgressListener.NONE))
        .hasMessageContaining("counting sheep")
        .extracting("code")
        .isEqualTo("ENGINE_START_TIMEOUT");

    start.cancel();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(ended.get()).hasMessageContaining("interrupted"));
  }

  @Test
  void aLongStepIsToldAgain() {
    CountDownLatch told = new CountDownLatch(2);
    List<String> lines = new ArrayList<>();
    ServerStart<String> start =
        begin(
            listener -> {
              listener.progress("counting sheep");
              return interruptibly(told);
            });

    assertThatThrownBy(
            () ->
                start.await(
                    LONG,
                    line -> {
                      lines.add(line);
                      told.countDown();
                    }))
        .hasMessageContaining("counted");
    assertThat(lines.get(0)).isEqualTo("counting sheep");
    assertThat(lines.get(1)).startsWith("counting sheep, ").endsWith(" s");
  }

  private ServerStart<String> begin(
      java.util.function.Function<ProgressListener, RunningServer<String>> starter) {
    return ServerStart.begin("Spark", starter, (spark, failure) -> ended.set(failure));
  }

  private static RunningServer<String> interruptibly(CountDownLatch latch) {
    try {
      latch.await();
      throw new IllegalStateException("counted");
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
