// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.resolution;

import io.kitsune.catalog.Version;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** Time travel clauses as versions of a table. */
final class Versions {
  /** {@code 2024-01-31 10:00:00}, with a fraction or a T, seconds left out or not. */
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("[ ]['T']HH:mm[:ss]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private Versions() {}

  /** {@code VERSION AS OF}: Spark takes what a long can hold for a snapshot's id. */
  static Version versionAsOf(String version) {
    try {
      return new Version.Snapshot(Long.parseLong(version));
    } catch (NumberFormatException e) {
      return new Version.Reference(version);
    }
  }

  /** {@code TIMESTAMP AS OF} a text in the commonest forms; empty for others, left to Spark. */
  static Optional<Version> timestampAsOf(String text, ZoneId zone) {
    try {
      LocalDateTime time =
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay()
              : LocalDateTime.parse(text, TIMESTAMP);
      return Optional.of(new Version.AsOf(time.atZone(zone).toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
