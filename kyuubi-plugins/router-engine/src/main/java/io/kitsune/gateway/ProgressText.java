// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.ExecutionProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An engine's progress in words: "43 %, 3 of 7 stages, 1,720,320 rows, 12.3 MB". */
final class ProgressText {
  private ProgressText() {}

  /** Empty where nothing is known. */
  static String of(ExecutionProgress progress) {
    List<String> parts = new ArrayList<>();
    if (progress.fraction().isPresent()) {
      parts.add((int) (progress.fraction().getAsDouble() * 100) + " %");
    }
    if (!progress.stage().isEmpty()) {
      parts.add(progress.stage());
    }
    if (progress.rows().isPresent()) {
      parts.add(String.format(Locale.ROOT, "%,d rows", progress.rows().getAsLong()));
    }
    if (progress.bytes().isPresent()) {
      parts.add(String.format(Locale.ROOT, "%.1f MB", progress.bytes().getAsLong() / 1e6));
    }
    return String.join(", ", parts);
  }
}
