// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.files;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where a folder or file is. The Metastore keeps locations in the syntax of Hadoop's paths, in
 * which nothing is escaped: {@code file:/t/day=%2541} is the folder {@code day=%2541}, and is never
 * decoded.
 */
public sealed interface FileLocation {
  /** A place in this machine's file system. */
  record Local(Path path) implements FileLocation {
    public Local {
      requireNonNull(path, "path");
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException("not an absolute path: " + path);
      }
    }
  }

  /**
   * A place in another store.
   *
   * @param scheme in lower case; empty for a path without one that is not absolute
   */
  record Remote(String scheme, String location) implements FileLocation {
    public Remote {
      requireNonNull(scheme, "scheme");
      requireNonNull(location, "location");
    }
  }

  /**
   * Reads a location as the Metastore keeps it; one without a scheme is of this machine.
   *
   * @throws KitsuneException {@code CATALOG_FILES_UNAVAILABLE} if this machine can have no such
   *     path
   */
  static FileLocation parse(String location) {
    int colon = location.indexOf(':');
    int slash = location.indexOf('/');
    if (slash == 0) {
      return local(location);
    }
    if (colon < 0 || (slash >= 0 && slash < colon)) {
      return new Remote("", location);
    }
    String scheme = location.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = location.substring(colon + 1);
    boolean hasAuthority = rest.startsWith("//") && !rest.startsWith("///");
    if (scheme.equals("file") && rest.startsWith("/") && !hasAuthority) {
      return local(rest);
    }
    return new Remote(scheme, location);
  }

  private static FileLocation local(String path) {
    try {
      return new Local(Path.of(path));
    } catch (InvalidPathException e) {
      throw new KitsuneException(
          "CATALOG_FILES_UNAVAILABLE",
          "58030",
          "the path %s cannot be written in this JVM's encoding %s: start it with LC_ALL=C.UTF-8"
              .formatted(path, System.getProperty("sun.jnu.encoding")),
          e);
    }
  }
}
