// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlPrefixOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;

/**
 * What Spark SQL writes and Calcite has no operator for, or has one that means something else.
 * These operators only name a construct: they infer and check no types. Compare by identity.
 */
public final class SparkOperators {
  /** {@code a / b}: of two integers a DOUBLE. */
  public static final SqlOperator DIVIDE = binary("/", 60, SqlKind.DIVIDE);

  /** {@code a div b}. */
  public static final SqlOperator INTEGRAL_DIVIDE = binary("DIV", 60, SqlKind.OTHER);

  /** {@code a % b}. */
  public static final SqlOperator REMAINDER = binary("%", 60, SqlKind.MOD);

  /** {@code a || b}: strings, binaries or arrays. */
  public static final SqlOperator CONCAT = binary("||", 40, SqlKind.OTHER);

  /** {@code a & b}. */
  public static final SqlOperator BITWISE_AND = binary("&", 38, SqlKind.OTHER);

  /** {@code a ^ b}. */
  public static final SqlOperator BITWISE_XOR = binary("^", 36, SqlKind.OTHER);

  /** {@code a | b}. */
  public static final SqlOperator BITWISE_OR = binary("|", 34, SqlKind.OTHER);

  /** {@code ~a}. */
  public static final SqlOperator BITWISE_NOT =
      new SqlPrefixOperator("~", SqlKind.OTHER, 80, null, null, null);

  /** {@code a <=> b}. */
  public static final SqlOperator NULL_SAFE_EQUALS = binary("<=>", 30, SqlKind.OTHER);

  /** {@code a RLIKE b}, also written REGEXP: a Java regular expression. */
  public static final SqlOperator RLIKE = binary("RLIKE", 32, SqlKind.OTHER);

  /** {@code a ILIKE b [ESCAPE c]}: two or three operands. */
  public static final SqlOperator ILIKE = special("ILIKE");

  /** {@code a LIKE ANY (…)} or SOME: the value and a list. */
  public static final SqlOperator LIKE_ANY = special("LIKE ANY");

  /** {@code a LIKE ALL (…)}: the value and a list. */
  public static final SqlOperator LIKE_ALL = special("LIKE ALL");

  /** {@code a ILIKE ANY (…)}: the value and a list. */
  public static final SqlOperator ILIKE_ANY = special("ILIKE ANY");

  /** {@code a ILIKE ALL (…)}: the value and a list. */
  public static final SqlOperator ILIKE_ALL = special("ILIKE ALL");

  /** {@code TRY_CAST(a AS type)}. */
  public static final SqlOperator TRY_CAST = special("TRY_CAST");

  /** {@code a[i]}: an array's element, counted from 0, or a map's value. */
  public static final SqlOperator SUBSCRIPT = special("[]");

  /** {@code expression.field} where the expression is not itself a name: value, identifier. */
  public static final SqlOperator FIELD = special(".");

  /** {@code x -> body}, {@code (x, y) -> body}: a list of identifiers, the body. */
  public static final SqlOperator LAMBDA = special("->");

  /** {@code expression AS (a, b)}: the expression, a list of identifiers. */
  public static final SqlOperator ALIASES = special("AS (…)");

  /** {@code EXTRACT(field FROM source)}: the field as a string literal as written, the source. */
  public static final SqlOperator EXTRACT = special("EXTRACT");

  /**
   * {@code TRIM([BOTH | LEADING | TRAILING] [characters] FROM source)}: a string literal {@code
   * BOTH}, {@code LEADING} or {@code TRAILING}, the characters or a NULL literal where none are
   * written, the source. {@code trim(a)} is a function.
   */
  public static final SqlOperator TRIM = special("TRIM");

  /** {@code TIMESTAMPADD(unit, amount, source)}, also DATEADD: the unit as an upper-case string. */
  public static final SqlOperator TIMESTAMP_ADD = special("TIMESTAMPADD");

  /** {@code TIMESTAMPDIFF(unit, start, end)}, also DATEDIFF with a unit. */
  public static final SqlOperator TIMESTAMP_DIFF = special("TIMESTAMPDIFF");

  /**
   * {@code INTERVAL 1 YEAR '2' MONTHS}: value, unit, value, unit, …. A value is a numeric or string
   * literal; units are string literals, upper case and singular.
   */
  public static final SqlOperator INTERVAL = special("INTERVAL");

  /** {@code INTERVAL '1-2' YEAR TO MONTH}: the value's literal, the units from and to. */
  public static final SqlOperator INTERVAL_RANGE = special("INTERVAL TO");

  /** {@code name VERSION AS OF v}: the name, a literal. */
  public static final SqlOperator VERSION_AS_OF = special("VERSION AS OF");

  /** {@code name TIMESTAMP AS OF t}: the name, an expression. */
  public static final SqlOperator TIMESTAMP_AS_OF = special("TIMESTAMP AS OF");

  /** {@code relation TABLESAMPLE (…)}: the relation, the clause's text as a string literal. */
  public static final SqlOperator TABLE_SAMPLE = special("TABLESAMPLE");

  /** {@code LATERAL VIEW f(x) t AS a, b}: relation, call, alias, list of columns. */
  public static final SqlOperator LATERAL_VIEW = special("LATERAL VIEW");

  /** {@code LATERAL VIEW OUTER}: as {@link #LATERAL_VIEW}. */
  public static final SqlOperator LATERAL_VIEW_OUTER = special("LATERAL VIEW OUTER");

  /** {@code query SORT BY …}: the query, a list of sort items. */
  public static final SqlOperator SORT_BY = special("SORT BY");

  /** {@code query DISTRIBUTE BY …}: the query, a list of expressions. */
  public static final SqlOperator DISTRIBUTE_BY = special("DISTRIBUTE BY");

  /** {@code query CLUSTER BY …}: the query, a list of expressions. */
  public static final SqlOperator CLUSTER_BY = special("CLUSTER BY");

  private SparkOperators() {}

  private static SqlOperator binary(String name, int precedence, SqlKind kind) {
    return new SqlBinaryOperator(name, kind, precedence, true, null, null, null);
  }

  private static SqlOperator special(String name) {
    return new Construct(name);
  }

  /** Shown as a call of its name, for logs and tests; no engine's text is written this way. */
  private static final class Construct extends SqlSpecialOperator {
    Construct(String name) {
      super(name, SqlKind.OTHER);
    }

    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      writer.print(getName());
      SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.FUN_CALL, "(", ")");
      for (SqlNode operand : call.getOperandList()) {
        writer.sep(",");
        operand.unparse(writer, 0, 0);
      }
      writer.endList(frame);
    }
  }
}
