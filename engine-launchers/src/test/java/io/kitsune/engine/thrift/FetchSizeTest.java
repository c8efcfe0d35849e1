// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.thrift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FetchSizeTest {
  private final FetchSize size = new FetchSize(10_000, 1_000_000);

  @Test
  void narrowRowsComeInLargerAndLargerSets() {
    assertThat(size.of(Long.MAX_VALUE)).isEqualTo(64);
    size.fetched(64, 640);
    assertThat(size.of(Long.MAX_VALUE)).isEqualTo(512);
    size.fetched(512, 5_120);
    size.fetched(4_096, 40_960);
    assertThat(size.of(Long.MAX_VALUE)).isEqualTo(10_000);
  }

  @Test
  void wideRowsComeInSmallSetsAndHugeOnesSingly() {
    size.fetched(64, 64 * 50_000);
    assertThat(size.of(10_000)).isEqualTo(20);
    size.fetched(20, 20 * 5_000_000L);
    assertThat(size.of(10_000)).isEqualTo(1);
    size.fetched(1, 10);
    assertThat(size.of(10_000)).isEqualTo(8);
  }

  @Test
  void neverMoreThanAskedAndNeverNone() {
    assertThat(size.of(3)).isEqualTo(3);
    assertThat(size.of(0)).isEqualTo(1);
  }
}
