// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameter markers and the literals in their place. */
final class ParametersTest {
  private static final Grammar RAW = new Grammar(false, false, false, false, true);
  private final StatementReader reader = new StatementReader();

  private String positional(String text, Parameter... values) {
    return reader.bind(text, Grammar.DEFAULT, new Parameters.Positional(List.of(values)));
  }

  private String named(String text, Map<String, Parameter> values) {
    return reader.bind(text, Grammar.DEFAULT, new Parameters.Named(values));
  }

  private static Parameter whole(long value) {
    return Parameter.of(BigInteger.valueOf(value));
  }

  @Test
  void bindsMarkersWhereTheParserSeesThem() {
    assertThat(
            positional(
                "SELECT ?, '?', /* ? */ a -- ?\n FROM t WHERE b=? LIMIT ?",
                whole(1),
                whole(2),
                whole(3)))
        .isEqualTo("SELECT  1 , '?', /* ? */ a -- ?\n FROM t WHERE b= 2  LIMIT  3 ");
    assertThat(
            named("SELECT :a + :b, ':a' FROM t WHERE x=:a", Map.of("a", whole(1), "b", whole(2))))
        .isEqualTo("SELECT  1  +  2 , ':a' FROM t WHERE x= 1 ");
    assertThat(named("EXPLAIN ROUTE SELECT :a", Map.of("a", whole(1))))
        .isEqualTo("EXPLAIN ROUTE SELECT  1 ");
  }

  @Test
  void letsNoValueBecomePartOfWhatStandsAroundIt() {
    assertThat(positional("SELECT a -?", whole(-5))).isEqualTo("SELECT a - -5 ");
    assertThat(positional("SELECT?", Parameter.of(true))).isEqualTo("SELECT TRUE ");
    String bound =
        positional("SELECT * FROM t WHERE a = ?", Parameter.of("x' OR '1'='1", Grammar.DEFAULT));
    assertThat(bound).isEqualTo("SELECT * FROM t WHERE a =  'x\\' OR \\'1\\'=\\'1' ");
  }

  @Test
  void writesStringsThatReadBackAsTheyWere() {
    for (String value :
        List.of(
            "", "it's", "back\\slash", "\\' --", "${user}", "a\nb\0c", "ü😀", "%_\\%", "\"x\"")) {
      String literal = Parameter.of(value, Grammar.DEFAULT).literal();
      assertThat(StringText.value(literal, false)).isEqualTo(value);
      assertThat(literal).doesNotContain("${");
      assertThat(reader.read("SELECT " + literal)).isNotNull();
    }
  }

  @Test
  void needsNoEscapesWhereThereAreNone() {
    assertThat(Parameter.of("plain", RAW).literal()).isEqualTo("'plain'");
    assertThat(Parameter.of("it's", RAW).literal()).isEqualTo("CAST(X'69742773' AS STRING)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tinyint|-128|-128Y",
        "smallint|7|7S",
        "int|-2147483648|-2147483648",
        "bigint|9223372036854775807|9223372036854775807L",
        "float|0.1|0.1F",
        "double|1e300|1.0E300D",
        "double|NaN|CAST('NaN' AS DOUBLE)",
        "DECIMAL(10, 2)|1.5|CAST(1.50BD AS DECIMAL(10,2))",
        "decimal|1.50|1.50BD",
        "date|2024-02-29|DATE'2024-02-29'",
        "timestamp|2024-02-29T12:00:00.5|TIMESTAMP'2024-02-29 12:00:00.5'",
        "timestamp|2024-02-29 12:00:00+02:00|TIMESTAMP'2024-02-29 12:00:00+02:00'",
        "timestamp_ntz|2024-02-29 12:00:00|TIMESTAMP_NTZ'2024-02-29 12:00:00'",
        "boolean|true|TRUE"
      })
  void writesValuesOfNamedTypes(String type, String text, String literal) {
    assertThat(Parameter.of(type, text, Grammar.DEFAULT).literal()).isEqualTo(literal);
    assertThat(reader.read("SELECT " + literal)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tinyint|128",
        "int|1; DROP TABLE t",
        "double|1e999",
        "decimal(3,1)|1.25",
        "decimal(3,1)|100",
        "decimal(40,1)|1",
        "decimal|1e999999999",
        "date|2023-02-29",
        "date|2024-01-01' OR '1",
        "timestamp|yesterday",
        "array<int>|[1]",
        "boolean|yes"
      })
  void refusesWhatIsNoValueOfItsType(String type, String text) {
    assertThatThrownBy(() -> Parameter.of(type, text, Grammar.DEFAULT))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> assertThat(error.code()).isEqualTo("PARAMETER_INVALID"));
  }

  @Test
  void givesNumbersTheSmallestTypeThatHoldsThem() {
    assertThat(whole(5).literal()).isEqualTo("5");
    assertThat(whole(1L << 40).literal()).isEqualTo("1099511627776L");
    assertThat(Parameter.of(BigInteger.TWO.pow(70)).literal())
        .isEqualTo("1180591620717411303424BD");
    assertThat(Parameter.decimal(new BigDecimal("1.50")).literal()).isEqualTo("1.50BD");
    assertThatThrownBy(() -> Parameter.of(BigInteger.TEN.pow(38)))
        .isInstanceOf(KitsuneException.class);
  }

  @Test
  void refusesMarkersAndValuesThatDoNotMatch() {
    assertMismatch(() -> positional("SELECT ?"));
    assertMismatch(() -> positional("SELECT 1", whole(1)));
    assertMismatch(() -> positional("SELECT :a", whole(1)));
    assertMismatch(() -> named("SELECT ?", Map.of("a", whole(1))));
    assertMismatch(() -> named("SELECT :b", Map.of("a", whole(1))));
    assertMismatch(() -> named("SELECT :a", Map.of("a", whole(1), "b", whole(2))));
    assertThatThrownBy(() -> positional("SHOW ENGINES", whole(1)))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> assertThat(error.code()).isEqualTo("PARAMETERS_NOT_SUPPORTED"));
  }

  private static void assertMismatch(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> assertThat(error.code()).isEqualTo("PARAMETERS_MISMATCH"));
  }
}
