// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@NeedsKyuubi
@ExtendWith(KyuubiStack.class)
class ManySessionsTest {
  private static final int SESSIONS = 200;
  private static final int LIMIT_SECONDS = 300;

  @Test
  void twoHundredSessionsAreOpenAtOnceAndEachGetsItsAnswer() throws Exception {
    CountDownLatch open = new CountDownLatch(SESSIONS);
    ExecutorService clients = Executors.newFixedThreadPool(SESSIONS);
    try {
      List<Future<Long>> answers = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        int number = i;
        answers.add(
            clients.submit(
                () -> {
                  try (Connection connection =
                          KyuubiStack.get().kyuubi().connectAs("user-" + number % 4);
                      Statement statement = connection.createStatement()) {
                    statement.execute("SET kitsune.client=session-" + number);
                    open.countDown();
                    assertThat(open.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
                    try (ResultSet answer =
                        statement.executeQuery("SELECT " + number + " + 1 AS next")) {
                      assertThat(answer.next()).isTrue();
                      return answer.getLong(1);
                    }
                  }
                }));
      }
      for (int i = 0; i < SESSIONS; i++) {
        assertThat(answers.get(i).get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(i + 1L);
      }
    } finally {
      clients.shutdownNow();
    }
  }
}
