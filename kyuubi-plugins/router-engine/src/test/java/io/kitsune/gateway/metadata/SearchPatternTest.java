// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchPatternTest {
  @ParameterizedTest
  @CsvSource({
    "%, orders, true",
    "orders, ORDERS, true",
    "orders, order, false",
    "ord%, orders, true",
    "%ers, orders, true",
    "o%e%s, orders, true",
    "o_ders, orders, true",
    "o_ders, oders, false",
    "order\\_items, order_items, true",
    "order\\_items, orderxitems, false",
    "100\\%, 100%, true",
    "100\\%, 1000, false",
    "a\\\\b, a\\b, true",
    "%%, orders, true",
    "_%, '', false",
    "a.b, axb, false",
    "ends\\, ends\\, true",
  })
  void followsJdbc(String pattern, String name, boolean expected) {
    assertThat(SearchPattern.of(Optional.of(pattern)).test(name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"''", "*", ".*"})
  void takesDriversWordsForEverything(String pattern) {
    assertThat(SearchPattern.of(Optional.of(pattern)).test("any")).isTrue();
    assertThat(SearchPattern.of(Optional.empty()).test("any")).isTrue();
  }

  @Test
  @Timeout(5)
  void takesNoLongerForAWickedPattern() {
    String pattern = "%a".repeat(2000) + "b";
    assertThat(SearchPattern.of(Optional.of(pattern)).test("a".repeat(5000))).isFalse();
  }
}
