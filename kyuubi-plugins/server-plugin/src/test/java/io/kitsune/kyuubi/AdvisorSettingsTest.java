// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvisorSettingsTest {
  @TempDir Path folder;

  private final Properties system = new Properties();

  @Test
  void routesToTheAutoRouterByDefault() throws IOException {
    Map<String, String> expected =
        Map.of(
            "kyuubi.engine.type", "JDBC",
            "kyuubi.engine.share.level", "SERVER",
            "kyuubi.engine.share.level.subdomain", "auto-router",
            "kyuubi.engine.jdbc.connection.url", "kitsune");
    assertThat(AdvisorSettings.read(null, system).overlay()).isEqualTo(expected);
    assertThat(AdvisorSettings.read(folder.toString(), system).overlay()).isEqualTo(expected);
  }

  @Test
  void readsItsFile() throws IOException {
    write("kitsune.advisor.subdomain = router_2\nkitsune.advisor.enabled = true\n");
    assertThat(AdvisorSettings.read(folder.toString(), system).overlay())
        .containsEntry("kyuubi.engine.share.level.subdomain", "router_2");
  }

  @Test
  void canBeSwitchedOff() throws IOException {
    write("kitsune.advisor.enabled=false");
    assertThat(AdvisorSettings.read(folder.toString(), system).overlay()).isEmpty();
  }

  @Test
  void systemPropertiesWin() throws IOException {
    write("kitsune.advisor.subdomain=from-file");
    system.setProperty("kitsune.advisor.subdomain", "from-system");
    system.setProperty("other", "x");
    assertThat(AdvisorSettings.read(folder.toString(), system).overlay())
        .containsEntry("kyuubi.engine.share.level.subdomain", "from-system");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kitsune.advisor.enabeld=false",
        "kitsune.advisor.enabled=no",
        "kitsune.advisor.subdomain=",
        "kitsune.advisor.subdomain=a/b"
      })
  void namesFileKeyAndValueAtFault(String line) throws IOException {
    write(line);
    String key = line.substring(0, line.indexOf('='));
    assertThatThrownBy(() -> AdvisorSettings.read(folder.toString(), system))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(AdvisorSettings.FILE)
        .hasMessageContaining(key);
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve(AdvisorSettings.FILE), text);
  }
}
