// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.DataType.Decimal;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected types were printed by Spark 3.5.4. */
class DecimalTypesTest {
  @ParameterizedTest
  @CsvSource({
    "3,2, 1,0, 4,2, 5,2, 7,6, 3,2",
    "3,2, 10,0, 13,2, 14,2, 14,13, 3,2",
    "10,0, 3,2, 13,2, 14,2, 18,6, 3,2",
    "15,2, 15,2, 16,2, 31,4, 33,18, 15,2",
    "32,4, 16,2, 33,4, 38,6, 38,8, 18,4",
    "38,4, 38,4, 38,4, 38,6, 38,6, 38,4",
    "5,2, 38,4, 38,4, 38,6, 38,31, 7,4",
    "38,10, 38,10, 38,9, 38,6, 38,6, 38,10",
  })
  void resultsOfArithmetic(
      int p1,
      int s1,
      int p2,
      int s2,
      int sumP,
      int sumS,
      int productP,
      int productS,
      int quotientP,
      int quotientS,
      int remainderP,
      int remainderS) {
    Decimal a = new Decimal(p1, s1);
    Decimal b = new Decimal(p2, s2);
    assertThat(DecimalTypes.sum(a, b)).isEqualTo(new Decimal(sumP, sumS));
    assertThat(DecimalTypes.product(a, b)).isEqualTo(new Decimal(productP, productS));
    assertThat(DecimalTypes.quotient(a, b)).isEqualTo(new Decimal(quotientP, quotientS));
    assertThat(DecimalTypes.remainder(a, b)).isEqualTo(new Decimal(remainderP, remainderS));
  }

  @Test
  void aggregatesStopAtThirtyEightDigits() {
    assertThat(DecimalTypes.total(new Decimal(15, 2))).isEqualTo(new Decimal(25, 2));
    assertThat(DecimalTypes.total(new Decimal(32, 4))).isEqualTo(new Decimal(38, 4));
    assertThat(DecimalTypes.average(new Decimal(15, 2))).isEqualTo(new Decimal(19, 6));
    assertThat(DecimalTypes.average(new Decimal(38, 36))).isEqualTo(new Decimal(38, 38));
  }

  @ParameterizedTest
  @CsvSource({"0.05, 2, 2", "1.50, 3, 2", "0, 1, 0", "123456789012345678901, 21, 0", "100, 3, 0"})
  void literalsTakeTheNarrowestType(String literal, int precision, int scale) {
    assertThat(DecimalTypes.holding(new BigDecimal(literal)))
        .isEqualTo(new Decimal(precision, scale));
  }
}
