// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Places below those that the operator listed; where none is listed, any in a store that is reached
 * over a network with credentials of its own. Compared by text: {@code s3} and {@code s3a} are two
 * places, and symbolic links below a listed folder are followed.
 */
final class ListedLocations implements AllowedLocations {
  private static final Set<String> STORES =
      Set.of(
          "abfs", "abfss", "cosn", "gs", "hdfs", "obs", "oss", "s3", "s3a", "s3n", "wasb", "wasbs");

  private final String key;
  private final List<Place> listed;

  /**
   * @param key the configuration key that lists them, for errors
   * @param locations each a folder: {@code file:/lake/warehouse}, {@code s3://bucket/lake}
   * @throws IllegalArgumentException for a text that is no whole location
   */
  ListedLocations(String key, List<String> locations) {
    this.key = requireNonNull(key, "key");
    this.listed = locations.stream().map(ListedLocations::listed).toList();
  }

  private static Place listed(String location) {
    Place place = Place.of(location);
    if (place.scheme().isEmpty() || place.hasRelativePart()) {
      throw new IllegalArgumentException("not a location: " + location);
    }
    return place;
  }

  @Override
  public void require(String location) {
    Place place = Place.of(location);
    if (place.hasRelativePart()) {
      throw refused(location, "has a part . or ..");
    }
    if (listed.isEmpty() && !STORES.contains(place.scheme())) {
      throw refused(location, "is on this machine or in a store of a kind that must be listed");
    }
    if (!listed.isEmpty() && listed.stream().noneMatch(place::isBelow)) {
      throw refused(location, "is below none of the places listed there");
    }
  }

  private KitsuneException refused(String location, String why) {
    return new KitsuneException(
        REFUSED,
        "42501",
        "the catalog names the file %s, which %s: if it is meant to be read, add the folder above it to %s"
            .formatted(location, why, key));
  }

  /**
   * A location in parts.
   *
   * @param scheme in lower case, {@code file} for a path from the root; empty for any other text
   * @param authority between {@code //} and the path; empty for this machine's files
   * @param path from its first slash
   */
  private record Place(String scheme, String authority, String path) {

    static Place of(String location) {
      Optional<String> local = LocalLocations.path(location);
      if (local.isPresent()) {
        return new Place("file", "", local.get());
      }
      int colon = location.indexOf(':');
      String scheme = colon <= 0 ? "" : location.substring(0, colon).toLowerCase(Locale.ROOT);
      // What is left of file: names a host, and would be read here all the same.
      if (scheme.equals("file") || !location.startsWith("//", colon + 1)) {
        return new Place("", "", location);
      }
      int slash = location.indexOf('/', colon + 3);
      int end = slash < 0 ? location.length() : slash;
      return new Place(scheme, location.substring(colon + 3, end), location.substring(end));
    }

    boolean isBelow(Place folder) {
      String above = folder.path().endsWith("/") ? folder.path() : folder.path() + "/";
      return scheme.equals(folder.scheme())
          && authority.equals(folder.authority())
          && path.startsWith(above);
    }

    /**
     * Some clients of stores decode {@code %2e} before they follow a path, some of them twice; a
     * catalog has no need to write so.
     */
    boolean hasRelativePart() {
      String once = decoded(path);
      return Stream.of(path, once, decoded(once))
          .flatMap(text -> Stream.of(text.split("[/\\\\]", -1)))
          .anyMatch(part -> part.equals(".") || part.equals(".."));
    }

    private static String decoded(String text) {
      return text.replaceAll("(?i)%2e", ".")
          .replaceAll("(?i)%2f", "/")
          .replaceAll("(?i)%5c", "\\\\")
          .replace("%25", "%");
    }
  }
}
