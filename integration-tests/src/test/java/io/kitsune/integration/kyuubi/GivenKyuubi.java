// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The unpacked Kyuubi, and perhaps Spark, that were given to the build. Nothing is written there.
 */
final class GivenKyuubi {
  /** The system property with Kyuubi's folder. */
  static final String HOME = "kyuubi.home";

  /** The system property with Spark's folder; without it the variable SPARK_HOME counts. */
  static final String SPARK = "spark.home";

  private GivenKyuubi() {}

  /** Kyuubi's folder. */
  static Path home() {
    return Path.of(System.getProperty(HOME)).toAbsolutePath();
  }

  /** The version that stands in the paths of its discovery, as its file {@code RELEASE} has it. */
  static String version() {
    try (Stream<String> lines = Files.lines(home().resolve("RELEASE"))) {
      // Kyuubi 1.12.0 (git revision 0123456789) built for
      return lines.findFirst().orElseThrow().split(" ", 3)[1];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder with {@code bin/spark-submit}, for Kyuubi's own Spark engines. */
  static Optional<Path> spark() {
    return Stream.of(System.getProperty(SPARK), System.getenv("SPARK_HOME"))
        .filter(folder -> folder != null && !folder.isBlank())
        .map(folder -> Path.of(folder).toAbsolutePath())
        .filter(folder -> Files.isRegularFile(folder.resolve("bin/spark-submit")))
        .findFirst();
  }

  /** For JUnit's conditions. */
  static boolean hasSpark() {
    return spark().isPresent();
  }
}
