// SPDX-License-Identifier: Apache-2.0
package io.kitsune.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferenceTest {
  @TempDir Path folder;

  @Test
  void readsAnEnvironmentVariable() {
    assertThat(SecretReference.parse("env:PATH").read()).isEqualTo(System.getenv("PATH"));
  }

  @Test
  void namesAVariableThatIsNotSet() {
    assertThatThrownBy(SecretReference.parse("env:KITSUNE_NOT_SET")::read)
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("KITSUNE_NOT_SET");
  }

  @Test
  void readsAFileAnewEachTime() throws IOException {
    Path file = folder.resolve("secret");
    SecretReference reference = SecretReference.parse("file:" + file);
    Files.writeString(file, "first\n");
    assertThat(reference.read()).isEqualTo("first");
    Files.writeString(file, "second\n");
    assertThat(reference.read()).isEqualTo("second");
    assertThat(reference).hasToString("file:" + file);
  }

  @Test
  void namesAFileThatIsMissingOrEmpty() throws IOException {
    Path file = folder.resolve("secret");
    SecretReference reference = SecretReference.parse("file:" + file);
    assertThatThrownBy(reference::read)
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining(file.toString());
    Files.writeString(file, " \n");
    assertThatThrownBy(reference::read)
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "env:", "file:hunter2", "file:/hunter2\0", ""})
  void refusesAnythingElseWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> SecretReference.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reference")
        .hasMessageNotContaining("hunter2");
  }
}
