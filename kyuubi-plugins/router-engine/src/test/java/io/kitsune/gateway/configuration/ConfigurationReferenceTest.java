// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files that are generated from the declarations. After a change to those, {@code
 * -Dkitsune.write-reference=true} writes them anew.
 */
class ConfigurationReferenceTest {
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path PROPERTIES = PROJECT.resolve("conf/kitsune.properties");
  private static final Path PAGE = PROJECT.resolve("docs/configuration.md");

  @Test
  void theFilesAreUpToDate() throws IOException {
    if (Boolean.getBoolean("kitsune.write-reference")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PROPERTIES, ConfigurationReference.properties());
      Files.writeString(PAGE, ConfigurationReference.page());
    }
    assertThat(PROPERTIES).hasContent(ConfigurationReference.properties());
    assertThat(PAGE).hasContent(ConfigurationReference.page());
  }

  @Test
  void theExampleAsItStandsMeansTheDefaults() {
    KitsuneConfiguration example =
        KitsuneConfiguration.load(Optional.of(PROPERTIES), Map.of("kitsune.home", "/x"));
    KitsuneConfiguration defaults =
        KitsuneConfiguration.load(Optional.empty(), Map.of("kitsune.home", "/x"));
    assertThat(example.duckDbSettings()).isEqualTo(defaults.duckDbSettings());
    assertThat(example.catalogs()).isEmpty();
  }

  @Test
  void everyCommentedLineCanBeTaken(@TempDir Path folder) throws IOException {
    // Taking the # away from each key must give a file that loads, with the same values.
    String taken =
        ConfigurationReference.properties()
            .lines()
            .filter(line -> line.startsWith("#kitsune."))
            .map(line -> line.substring(1) + "\n")
            .reduce("", String::concat);
    Path file = Files.writeString(folder.resolve("kitsune.properties"), taken);
    KitsuneConfiguration configuration = KitsuneConfiguration.load(Optional.of(file), Map.of());
    KitsuneConfiguration defaults = KitsuneConfiguration.load(Optional.empty(), Map.of());
    assertThat(configuration.duckDbSettings()).isEqualTo(defaults.duckDbSettings());
    assertThat(configuration.redirectionStore()).isEqualTo(defaults.redirectionStore());
    assertThat(configuration.frontend().port()).isEqualTo(defaults.frontend().port());
    assertThat(configuration.catalogs()).isNotEmpty();
  }
}
