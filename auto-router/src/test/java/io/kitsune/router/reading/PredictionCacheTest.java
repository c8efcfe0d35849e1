// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.antlr.v4.runtime.CommonTokenStream;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.junit.jupiter.api.Test;

class PredictionCacheTest {
  private final SparkParser lexing = new SparkParser(ReadingLimits.DEFAULT);

  private void parse(PredictionCache cache, String text) {
    CommonTokenStream tokens = lexing.tokens(text);
    SqlBaseParser parser = new SqlBaseParser(tokens);
    cache.attachTo(parser);
    assertThat(parser.singleStatement().statement()).isNotNull();
  }

  @Test
  void growsWhileItLearnsAndIsThrownAwayBeyondItsLimit() {
    PredictionCache cache = new PredictionCache(100);
    parse(cache, "SELECT a, count(*) FROM t WHERE a IN (1, 2) GROUP BY a ORDER BY a LIMIT 3");
    parse(cache, "SELECT (a, b), CASE WHEN a THEN (1) END FROM (SELECT * FROM t) JOIN u USING (a)");
    int learned = cache.states();
    assertThat(learned).isGreaterThan(100);
    for (int i = 0; i < 200; i++) {
      parse(cache, "SELECT 1");
    }
    assertThat(cache.states()).isLessThan(learned);
    parse(cache, "SELECT a FROM t");
  }
}
