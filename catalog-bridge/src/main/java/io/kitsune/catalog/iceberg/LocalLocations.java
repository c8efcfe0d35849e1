// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import java.util.Locale;
import java.util.Optional;

/**
 * Locations in Iceberg metadata are texts in Hadoop's path syntax, not encoded URIs: {@code %41} in
 * a location is three characters of a file's name.
 */
public final class LocalLocations {
  private LocalLocations() {}

  /** The absolute path of a file of this machine, or empty if the location names another store. */
  public static Optional<String> path(String location) {
    if (location.startsWith("/")) {
      return Optional.of(location);
    }
    if (!location.toLowerCase(Locale.ROOT).startsWith("file:/")) {
      return Optional.empty();
    }
    String rest = location.substring("file:".length());
    if (rest.startsWith("//") && !rest.startsWith("///")) {
      return Optional.empty();
    }
    int slashes = 0;
    while (slashes < rest.length() && rest.charAt(slashes) == '/') {
      slashes++;
    }
    return Optional.of("/" + rest.substring(slashes));
  }
}
