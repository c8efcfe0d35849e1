// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Java installation on this machine.
 *
 * @param home its folder, with {@code bin/java} in it
 * @param version as its {@code release} file has it ({@code 25.0.3})
 */
public record JavaInstallation(Path home, String version) {
  public JavaInstallation {
    requireNonNull(home, "home");
    requireNonNull(version, "version");
  }

  /**
   * The one in that folder; empty if there is none, or it does not say its version. Nothing is run
   * for it.
   */
  public static Optional<JavaInstallation> at(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin").resolve("java")) || !Files.isReadable(release)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(release, StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
    return Optional.ofNullable(properties.getProperty("JAVA_VERSION"))
        .map(quoted -> new JavaInstallation(home, quoted.replace("\"", "").strip()))
        .filter(java -> java.feature() > 0);
  }

  /** The release's number: 25 of {@code 25.0.3}; 0 if the version does not begin with one. */
  public int feature() {
    int digits = 0;
    while (digits < version.length() && Character.isDigit(version.charAt(digits))) {
      digits++;
    }
    return digits == 0 || digits > 4 ? 0 : Integer.parseInt(version.substring(0, digits));
  }

  /**
   * Every folder where one may be, the likeliest first: the gateway's own, {@code JAVA_HOME}, and
   * where Linux distributions, SDKMAN, IDEs and macOS put them.
   */
  public static List<Path> usualFolders() {
    List<Path> folders = new ArrayList<>();
    folders.add(JvmProgram.currentJavaHome());
    Optional.ofNullable(System.getenv("JAVA_HOME"))
        .filter(home -> !home.isBlank())
        .ifPresent(home -> folders.add(Path.of(home)));
    Path user = Path.of(System.getProperty("user.home"));
    for (Path parent :
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt"),
            user.resolve(".sdkman/candidates/java"),
            user.resolve(".jdks"))) {
      folders.addAll(children(parent));
    }
    children(Path.of("/Library/Java/JavaVirtualMachines"))
        .forEach(bundle -> folders.add(bundle.resolve("Contents/Home")));
    return folders;
  }

  /**
   * The first that is new enough.
   *
   * @param folders where to look, in order
   * @param leastFeature the least release's number
   */
  public static Optional<JavaInstallation> first(List<Path> folders, int leastFeature) {
    return folders.stream()
        .flatMap(folder -> at(folder).stream())
        .filter(java -> java.feature() >= leastFeature)
        .findFirst();
  }

  /** In the order of their names, so that the same one is found each time. */
  private static List<Path> children(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.sorted(Comparator.naturalOrder()).toList();
    } catch (IOException notOurs) {
      return List.of();
    }
  }
}
