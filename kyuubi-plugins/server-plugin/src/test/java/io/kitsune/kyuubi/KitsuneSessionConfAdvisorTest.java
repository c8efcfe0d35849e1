// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KitsuneSessionConfAdvisorTest {
  private final KitsuneSessionConfAdvisor advisor = new KitsuneSessionConfAdvisor();

  @Test
  void routesASessionThatNamesNoEngine() {
    assertThat(advisor.getConfOverlay("ana", Map.of("kyuubi.client.ipAddress", "127.0.0.1")))
        .containsEntry("kyuubi.engine.type", "JDBC")
        .containsEntry("kyuubi.engine.share.level.subdomain", "auto-router");
  }

  @Test
  void leavesASessionThatNamesItsEngine() {
    assertThat(advisor.getConfOverlay("ana", Map.of("kyuubi.engine.type", "SPARK_SQL"))).isEmpty();
  }

  @Test
  void leavesBatches() {
    assertThat(advisor.getConfOverlay("ana", Map.of("kyuubi.batch.id", "1"))).isEmpty();
  }

  @Test
  void neverThrowsAndNeverAnswersNull() {
    assertThat(advisor.getConfOverlay(null, null)).isEmpty();
    Map<String, String> broken =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, String>> entrySet() {
            throw new IllegalStateException("broken");
          }
        };
    assertThat(advisor.getConfOverlay("ana", broken)).isEmpty();
  }

  @Test
  void brokenSettingsLeaveSessionsToKyuubi() {
    System.setProperty("kitsune.advisor.enabled", "perhaps");
    try {
      assertThat(new KitsuneSessionConfAdvisor().getConfOverlay("ana", Map.of())).isEmpty();
    } finally {
      System.clearProperty("kitsune.advisor.enabled");
    }
  }
}
