// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JavaInstallationTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"25.0.3,25", "24,24", "17.0.13,17", "1.8.0_402,1", "26-ea,26", "unknown,0"})
  void theReleaseIsTheVersionsFirstNumber(String version, int feature) {
    assertThat(new JavaInstallation(folder, version).feature()).isEqualTo(feature);
  }

  @Test
  void theFirstThatIsNewEnoughIsTaken() throws IOException {
    List<Path> folders =
        List.of(
            folder.resolve("absent"),
            java("old", "17.0.13"),
            java("new", "24.0.2"),
            java("newer", "25.0.3"));

    assertThat(JavaInstallation.first(folders, 24))
        .contains(new JavaInstallation(folder.resolve("new"), "24.0.2"));
    assertThat(JavaInstallation.first(folders, 26)).isEmpty();
  }

  @Test
  void aFolderWithoutAProgramOrAVersionIsNone() throws IOException {
    Path noProgram = java("no-program", "25");
    Files.delete(noProgram.resolve("bin/java"));
    Path noVersion = java("no-version", "25");
    Files.writeString(noVersion.resolve("release"), "IMPLEMENTOR=\"somebody\"\n");
    Path unreadable = java("unreadable", "25");
    Files.writeString(unreadable.resolve("release"), "JAVA_VERSION=\\u12");

    assertThat(List.of(noProgram, noVersion, unreadable))
        .allSatisfy(home -> assertThat(JavaInstallation.at(home)).isEmpty());
  }

  @Test
  void theGatewaysOwnIsFound() {
    assertThat(JavaInstallation.first(JavaInstallation.usualFolders(), 17)).isPresent();
  }

  private Path java(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Path program = Files.writeString(home.resolve("bin/java"), "");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
