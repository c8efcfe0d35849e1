// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KitsuneSessionConfAdvisorTest {
  private final KitsuneSessionConfAdvisor advisor =
      new KitsuneSessionConfAdvisor(new WatchedRules(Rules.ALL));

  @Test
  void routesASessionThatNamesNoEngine() {
    assertThat(advisor.getConfOverlay("ana", Map.of("kyuubi.client.ipAddress", "127.0.0.1")))
        .containsEntry("kyuubi.engine.type", "JDBC")
        .containsEntry("kyuubi.engine.share.level.subdomain", "auto-router");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kyuubi.engine.type", "kyuubi.batch.id", "kitsune.hop"})
  void leavesSessionsThatAreKyuubis(String key) {
    assertThat(advisor.getConfOverlay("ana", Map.of(key, "SPARK_SQL", "kitsune.engine", "auto")))
        .isEmpty();
  }

  @Test
  void followsItsRules() {
    KitsuneSessionConfAdvisor some =
        new KitsuneSessionConfAdvisor(new WatchedRules(RulesReader.read("route if user ana")));
    assertThat(some.getConfOverlay("ana", Map.of())).isNotEmpty();
    assertThat(some.getConfOverlay("bob", Map.of())).isEmpty();
  }

  @Test
  void neverThrowsAndNeverAnswersNull() {
    assertThat(advisor.getConfOverlay(null, null)).isEmpty();
    assertThat(advisor.getConfOverlay(null, Map.of())).isNotEmpty();
    assertThat(advisor.getConfOverlay("ana", broken(() -> new IllegalStateException("broken"))))
        .isEmpty();
    assertThat(advisor.getConfOverlay("ana", broken(() -> new NoClassDefFoundError("gone"))))
        .isEmpty();
    assertThat(advisor.getConfOverlay("ana", broken(() -> new StackOverflowError("deep"))))
        .isEmpty();
  }

  private static Map<String, String> broken(Supplier<Throwable> how) {
    return new AbstractMap<>() {
      @Override
      public Set<Entry<String, String>> entrySet() {
        Throwable thrown = how.get();
        if (thrown instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) thrown;
      }
    };
  }
}
