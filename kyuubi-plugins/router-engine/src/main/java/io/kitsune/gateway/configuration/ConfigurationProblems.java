// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.error.KitsuneException;
import io.smallrye.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a configuration, each with its place. Used by one thread. */
final class ConfigurationProblems {
  private final List<String> lines = new ArrayList<>();
  private String code;

  /** A problem of one value. */
  void add(String newCode, ConfigValue value, String message) {
    lines.add(place(value) + ": " + message);
    if (code == null) {
      code = newCode;
    }
  }

  /** Where a value stands: file and line, or the command line. */
  static String place(ConfigValue value) {
    return value.getLineNumber() > 0
        ? value.getConfigSourceName() + ", line " + value.getLineNumber()
        : value.getConfigSourceName();
  }

  /** Throws all of them as one error, with the code of the first. */
  void refuse() {
    if (!lines.isEmpty()) {
      throw new KitsuneException(code, "F0000", String.join("\n", lines));
    }
  }
}
