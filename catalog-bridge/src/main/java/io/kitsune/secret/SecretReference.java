// SPDX-License-Identifier: Apache-2.0
package io.kitsune.secret;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The place of a credential, {@code env:NAME} or {@code file:/absolute/path}. It is read anew on
 * each {@link #read}, so that a rotated file is seen. Immutable, thread-safe; {@code toString} is
 * the reference as it was written, and safe to log.
 */
public sealed interface SecretReference {

  /**
   * The credential itself; never empty.
   *
   * @throws KitsuneException {@code SECRET_UNAVAILABLE} where the place is missing or empty
   */
  String read();

  /**
   * Reads {@code env:NAME} or {@code file:/absolute/path}.
   *
   * @throws IllegalArgumentException for any other text; its message does not repeat the text,
   *     which may be the credential itself
   */
  static SecretReference parse(String text) {
    if (text.startsWith("env:") && text.length() > "env:".length()) {
      return new EnvironmentVariable(text.substring("env:".length()));
    }
    if (text.startsWith("file:")) {
      try {
        Path path = Path.of(text.substring("file:".length()));
        if (path.isAbsolute()) {
          return new SecretFile(path);
        }
      } catch (InvalidPathException e) {
        // Without the cause: its message repeats the text.
        throw new IllegalArgumentException("must be a reference, file:/path, with a valid path");
      }
    }
    throw new IllegalArgumentException(
        "must be a reference, env:NAME or file:/absolute/path, and not the credential itself");
  }

  /**
   * An environment variable of this process.
   *
   * @param name its name
   */
  record EnvironmentVariable(String name) implements SecretReference {
    public EnvironmentVariable {
      requireNonNull(name, "name");
    }

    @Override
    public String read() {
      String value = System.getenv(name);
      if (value == null || value.isEmpty()) {
        throw new KitsuneException(
            "SECRET_UNAVAILABLE",
            "F0000",
            "the environment variable %s is not set; export it before starting".formatted(name));
      }
      return value;
    }

    @Override
    public String toString() {
      return "env:" + name;
    }
  }

  /**
   * A file; its text without blanks and line ends around it.
   *
   * @param path absolute
   */
  record SecretFile(Path path) implements SecretReference {
    public SecretFile {
      requireNonNull(path, "path");
    }

    @Override
    public String read() {
      String value;
      try {
        value = Files.readString(path).strip();
      } catch (IOException e) {
        throw new KitsuneException(
            "SECRET_UNAVAILABLE",
            "F0000",
            "the secret's file %s cannot be read: %s".formatted(path, e),
            e);
      }
      if (value.isEmpty()) {
        throw new KitsuneException(
            "SECRET_UNAVAILABLE", "F0000", "the secret's file %s is empty".formatted(path));
      }
      return value;
    }

    @Override
    public String toString() {
      return "file:" + path;
    }
  }
}
