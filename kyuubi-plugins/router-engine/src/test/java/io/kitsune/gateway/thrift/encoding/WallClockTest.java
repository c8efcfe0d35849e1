// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WallClockTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"UTC", "Europe/Amsterdam", "America/New_York", "Asia/Tehran", "+05:30", "Z"})
  void showsWhatTheZonesClocksShow(String name) {
    ZoneId zone = ZoneId.of(name);
    WallClock clock = new WallClock(zone);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      // From the year 200 to 9000, and among the transitions of the last century.
      long seconds =
          i % 2 == 0
              ? random.nextLong(-55_000_000_000L, 220_000_000_000L)
              : random.nextLong(-1_800_000_000L, 2_000_000_000L) / 1_800 * 1_800;
      Instant instant = Instant.ofEpochSecond(seconds, random.nextInt(1_000_000) * 1_000L);
      long shown = clock.at(seconds * 1_000_000 + instant.getNano() / 1_000);

      assertThat(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus(shown, ChronoUnit.MICROS))
          .isEqualTo(LocalDateTime.ofInstant(instant, zone));
    }
  }

  @Test
  void aTransitionBelongsToTheNewOffset() {
    WallClock clock = new WallClock(ZoneId.of("Europe/Amsterdam"));
    long transition = Instant.parse("2024-03-31T01:00:00Z").getEpochSecond() * 1_000_000;

    assertThat(clock.at(transition) - transition).isEqualTo(7_200_000_000L);
    assertThat(clock.at(transition - 1) - transition).isEqualTo(3_600_000_000L - 1);
    assertThat(clock.at(transition) - transition).isEqualTo(7_200_000_000L);
  }

  @Test
  void knowsWhichZonesAreUtc() {
    assertThat(new WallClock(ZoneId.of("Etc/UTC")).utc()).isTrue();
    assertThat(new WallClock(ZoneOffset.UTC).utc()).isTrue();
    assertThat(new WallClock(ZoneOffset.ofHours(1)).utc()).isFalse();
    assertThat(new WallClock(ZoneId.of("Europe/London")).utc()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0001-12-31T23:59:59", "+10000-01-01T00:00:00"})
  void refusesYearsThatTheDriverCannotReadFromText(String time) {
    long micros = LocalDateTime.parse(time).toEpochSecond(ZoneOffset.UTC) * 1_000_000;

    assertThatThrownBy(() -> WallClock.check(micros))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> {
              assertThat(e.code()).isEqualTo("RESULT_NOT_IN_ARROW");
              assertThat(e).hasMessageContaining(time.substring(0, 10));
            });
  }
}
