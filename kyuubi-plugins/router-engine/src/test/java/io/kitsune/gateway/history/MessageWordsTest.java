// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.reading.NormalisedText;
import io.kitsune.router.reading.ReadingLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessageWordsTest {
  private static final String STATEMENT =
      "SELECT secret FROM t WHERE name = 'hunter two' AND x > 12345 -- for Mallory";

  private final MessageWords words =
      new MessageWords(STATEMENT, NormalisedText.of(STATEMENT, ReadingLimits.DEFAULT).text());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Spark's process ended with code 137.|Spark's process ended with code ?.",
        "could not allocate 256 KiB (7.9 MiB/8 MiB used)|could not allocate ? KiB (? ? MiB used)",
        "column \"a b\" of 'it's' and `c d` is bad|column ? of ? and ? is bad",
        "cannot parse 'abc and so on|cannot parse ?",
        "no such file: /home/ann/x.parquet, sorry|no such file: ?, sorry",
        "at https://ann:pw@host:80/v1 refused|at ? refused",
        "login password=letmein failed|login ? failed",
        "the name hunter is not known to mallory|the name ? is not known to ?",
        "there is no column secret in lake.sales.t|there is no column secret in lake.sales.t",
        "the engines' state is unknown|the engines?",
      })
  void keepsPlainWordsOnly(String message, String kept) {
    assertThat(words.of(failure("XX000", message))).isEqualTo(kept);
  }

  @Test
  void keepsNothingThatMayQuoteData() {
    assertThat(words.of(failure("22003", "Conversion of anything failed"))).isEmpty();
  }

  @Test
  void keepsTheFirstLineInShort() {
    assertThat(words.of(failure("08006", "It ended.\nIts log: secret"))).isEqualTo("It ended.");
    assertThat(words.of(failure("08006", "on and ".repeat(1_000)))).hasSize(301).endsWith("…");
  }

  private static KitsuneException failure(String sqlState, String message) {
    return new KitsuneException("ENGINE_FAILED", sqlState, message);
  }
}
