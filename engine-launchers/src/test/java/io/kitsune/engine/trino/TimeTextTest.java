// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeTextTest {
  @ParameterizedTest
  @CsvSource({
    "2024-02-29 12:34:56.789012 UTC, 2024-02-29T12:34:56.789012Z",
    "1582-10-10 00:00:00 UTC, 1582-10-10T00:00:00Z",
    "0001-01-01 00:00:00.000000 UTC, 0001-01-01T00:00:00Z",
    "9999-12-31 23:59:59.999999 UTC, 9999-12-31T23:59:59.999999Z",
    "-0001-12-31 23:59:59.5 UTC, -0001-12-31T23:59:59.5Z",
    "2024-07-01 12:00:00.1 +05:30, 2024-07-01T06:30:00.1Z",
    "2024-07-01 12:00:00 Europe/Berlin, 2024-07-01T10:00:00Z",
    "2024-01-01 12:00:00.000001 America/New_York, 2024-01-01T17:00:00.000001Z"
  })
  void instants(String text, Instant instant) {
    assertThat(TimeText.of(text).instant())
        .isEqualTo(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01", "1582-10-10", "1970-01-01", "9999-12-31", "-0044-03-15"})
  void dates(String text) {
    assertThat(TimeText.of(text).epochDay()).isEqualTo(LocalDate.parse(text).toEpochDay());
  }

  @Test
  void aDateOfFiveDigits() {
    assertThat(TimeText.of("12345-06-07").epochDay())
        .isEqualTo(LocalDate.of(12345, 6, 7).toEpochDay());
  }

  @Test
  void aWallClock() {
    assertThat(TimeText.of("1969-12-31 23:59:59.999999").wallClock()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Twice, and never.
        "2024-10-27 02:30:00 Europe/Berlin",
        "2024-03-31 02:30:00 Europe/Berlin",
        "2024-03-31 02:30:00 Mars/Olympus"
      })
  void whatIsNotOneInstantIsRefused(String text) {
    assertThatThrownBy(() -> TimeText.of(text).instant())
        .extracting("code")
        .isEqualTo("ENGINE_RESULT_TYPE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "2024-13-01", "2024-02-30", "2024-01-01 1", "2024-01-01 aa:bb:cc"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> TimeText.of(text)).extracting("code").isEqualTo("ENGINE_RESULT_TYPE");
  }
}
