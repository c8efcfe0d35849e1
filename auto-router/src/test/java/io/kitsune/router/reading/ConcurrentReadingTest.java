// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.router.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One reader serves every session at once. */
class ConcurrentReadingTest {
  private static final int THREADS = 4;

  @Test
  void threadsReadTheSameTrees() throws Exception {
    List<String> texts = List.copyOf(SparkTestQueries.tpc().values()).subList(0, 60);
    StatementReader reader = new StatementReader();
    List<String> expected = texts.stream().map(text -> tree(reader, text)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<String>>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        results.add(threads.submit(() -> texts.stream().map(text -> tree(reader, text)).toList()));
      }
      for (Future<List<String>> result : results) {
        assertThat(result.get(120, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static String tree(StatementReader reader, String text) {
    Statement.Query query = (Statement.Query) reader.read(text);
    return query.tree() + " " + query.tables();
  }
}
