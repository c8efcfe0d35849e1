// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.scan;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** One example for each thing that must not be taken as Iceberg would take it. */
final class PruningPredicateTest {
  private static final Schema SCHEMA =
      new Schema(
          optional(1, "i", Types.IntegerType.get()),
          optional(2, "f", Types.FloatType.get()),
          optional(3, "d", Types.DoubleType.get()),
          optional(4, "m", Types.DecimalType.of(10, 2)),
          optional(5, "s", Types.StringType.get()),
          optional(6, "day", Types.DateType.get()),
          optional(7, "u", Types.UUIDType.get()));

  @Test
  void whatIcebergTakesAsSparkStaysAsItIs() {
    assertThat(carried(Expressions.lessThan("i", 5))).hasToString("ref(name=\"i\") < 5");
    assertThat(carried(Expressions.equal("s", "x"))).hasToString("ref(name=\"s\") == \"x\"");
    assertThat(carried(Expressions.isNull("day"))).hasToString("is_null(ref(name=\"day\"))");
  }

  @Test
  void nanIsAboveEveryNumber() {
    assertThat(carried(Expressions.greaterThan("d", 1.5)))
        .hasToString("(ref(name=\"d\") > 1.5 or is_nan(ref(name=\"d\")))");
    assertThat(carried(Expressions.not(Expressions.lessThanOrEqual("d", 1.5))))
        .hasToString("(ref(name=\"d\") > 1.5 or is_nan(ref(name=\"d\")))");
    assertThat(carried(Expressions.notEqual("d", 1.5)).op()).isEqualTo(Expression.Operation.TRUE);
  }

  @Test
  void theZerosAreEqual() {
    assertThat(carried(Expressions.equal("d", 0.0)))
        .hasToString("(ref(name=\"d\") >= -0.0 and ref(name=\"d\") <= 0.0)");
    assertThat(carried(Expressions.lessThanOrEqual("d", -0.0)))
        .hasToString("ref(name=\"d\") <= 0.0");
  }

  @Test
  void literalsThatWouldBeRoundedAreNotUsed() {
    assertKeepsEverything(Expressions.greaterThan("m", new BigDecimal("1.005")));
    assertKeepsEverything(Expressions.greaterThan("m", 1.005));
    assertKeepsEverything(Expressions.greaterThan("f", 0.1));
    assertKeepsEverything(Expressions.equal("f", 16_777_217));
    assertKeepsEverything(Expressions.lessThan("i", 3_000_000_000L));
    assertKeepsEverything(Expressions.equal("day", "no day"));
    assertThat(carried(Expressions.greaterThan("m", new BigDecimal("1.5000"))))
        .hasToString("ref(name=\"m\") > 1.50");
    assertThat(carried(Expressions.equal("f", 0.5)).op()).isEqualTo(Expression.Operation.EQ);
  }

  @Test
  void unknownColumnsAndTypesKeepEverythingUnderNotToo() {
    assertKeepsEverything(Expressions.equal("none", 1));
    assertKeepsEverything(Expressions.not(Expressions.equal("none", 1)));
    assertKeepsEverything(Expressions.notNull("u"));
    assertThat(carried(Expressions.and(Expressions.equal("none", 1), Expressions.equal("i", 1))))
        .hasToString("ref(name=\"i\") == 1");
    assertKeepsEverything(Expressions.or(Expressions.equal("none", 1), Expressions.equal("i", 1)));
  }

  @Test
  void aSetHoldsNoNull() {
    assertThat(carried(Expressions.in("s", List.of("a", "b"))))
        .asString()
        .startsWith("(not_null(ref(name=\"s\")) and ref(name=\"s\") in ");
  }

  @Test
  void namesGoByFieldIdAndWithoutRegardToCase() {
    Schema scanned = new Schema(optional(1, "Key", Types.LongType.get()));

    assertThat(PruningPredicate.of(Expressions.equal("I", 7), SCHEMA, scanned))
        .hasToString("ref(name=\"Key\") == 7");
    assertThat(PruningPredicate.of(Expressions.equal("s", "x"), SCHEMA, scanned).op())
        .isEqualTo(Expression.Operation.TRUE);
  }

  private static void assertKeepsEverything(Expression predicate) {
    assertThat(carried(predicate).op()).isEqualTo(Expression.Operation.TRUE);
  }

  private static Expression carried(Expression predicate) {
    return PruningPredicate.of(predicate, SCHEMA, SCHEMA);
  }
}
