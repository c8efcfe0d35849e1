// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Statement;
import io.kitsune.router.Statement.TableReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is thrown at the reader, it answers with a statement or an error of its own, soon. */
class ReaderFuzzTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StatementReader reader = new StatementReader();

  private void read(String text) {
    long start = System.nanoTime();
    try {
      Statement statement = reader.read(text);
      for (TableReference table : statement.tables()) {
        assertThat(table.start()).isLessThan(table.end());
        assertThat(table.end()).isLessThanOrEqualTo(statement.text().length());
      }
    } catch (KitsuneException e) {
      assertThat(e.code()).matches("(PARSE|ROUTER)_[A-Z_]+");
    } catch (RuntimeException | StackOverflowError e) {
      fail("not an error of the reader's own for: " + shorten(text), e);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).as(shorten(text)).isLessThan(PATIENCE);
  }

  private static String shorten(String text) {
    return text.length() < 2_000 ? text : text.substring(0, 2_000) + "…";
  }

  @Test
  void mutatedQueries() {
    List<String> seeds = new ArrayList<>(SparkTestQueries.tpc().values());
    seeds.removeIf(seed -> seed.length() > 4_000);
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
      String other = seeds.get(random.nextInt(seeds.size()));
      for (int change = random.nextInt(4); change >= 0; change--) {
        mutate(text, other, random);
      }
      read(text.toString());
    }
  }

  private static void mutate(StringBuilder text, String other, Random random) {
    int at = random.nextInt(text.length());
    switch (random.nextInt(5)) {
      case 0 -> text.deleteCharAt(at);
      case 1 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
      case 2 -> text.insert(at, (char) random.nextInt(Character.MAX_VALUE));
      case 3 -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
      default -> {
        int from = random.nextInt(other.length());
        text.insert(at, other, from, Math.min(other.length(), from + random.nextInt(60)));
      }
    }
    if (text.isEmpty()) {
      text.append(';');
    }
  }

  @Test
  void randomCharactersAndWords() {
    String[] words = {
      "SELECT",
      "(",
      ")",
      "FROM",
      "WHERE",
      "CASE",
      "WHEN",
      "END",
      "'",
      "`",
      "\"",
      "/*",
      "*/",
      "--",
      "\n",
      "1",
      "1e",
      ".",
      ",",
      "a",
      "t",
      "SET",
      "NOT",
      "->",
      "[",
      "]",
      "WITH",
      "AS",
      "JOIN",
      "ON",
      "INTERVAL",
      "{",
      "$",
      "\\",
      "\u0000",
      "\uD83D",
      ";",
      "UNION",
      "VALUES",
      "/*+",
      "ENGINE",
      "😀"
    };
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = random.nextInt(25); word >= 0; word--) {
        text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
      }
      read(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(", "((", "[", "NOT ", "- ", "CASE WHEN ", "SELECT (", "SELECT * FROM (", "f(", "a[",
        "EXPLAIN ", "x -> ", "CAST(", "ARRAY<", "WITH a AS (", "EXISTS (", "/*", "'", "`", "1 + ",
        "a OR ", "a || ", "SELECT 1 UNION ", "a.", "t JOIN ", "VALUES (", "IF(", "!"
      })
  void deepNesting(String piece) {
    for (int depth : new int[] {40, 120, 3_000}) {
      read("SELECT " + piece.repeat(depth));
      read("SELECT * FROM t WHERE " + piece.repeat(depth) + "1");
      read(piece.repeat(depth));
    }
  }

  @Test
  void balancedNestingUpToTheLimitIsQuick() {
    read("SELECT " + "(".repeat(100) + "1" + ")".repeat(100));
    read("SELECT " + "f(".repeat(100) + "1" + ")".repeat(100));
    read("SELECT * FROM " + "(SELECT * FROM ".repeat(60) + "t" + ")".repeat(60));
    read("SELECT " + "CASE WHEN a THEN ".repeat(60) + "1" + " END".repeat(60));
    read("SELECT CAST(a AS " + "ARRAY<".repeat(60) + "INT" + ">".repeat(60) + ")");
  }
}
