// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.DataType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/**
 * A type as Spark SQL names it, in a CAST. Types that Kitsune does not model (intervals) are {@link
 * DataType.Unmodelled}. Immutable.
 */
public final class SparkTypeName extends SqlTypeNameSpec {
  private final DataType type;

  private SparkTypeName(DataType type, SqlParserPos position) {
    super(new SqlIdentifier(type.sql(), position), position);
    this.type = requireNonNull(type, "type");
  }

  static SqlDataTypeSpec spec(DataType type, SqlParserPos position) {
    return new SqlDataTypeSpec(new SparkTypeName(type, position), position);
  }

  /** The type that a CAST's second operand names. */
  public static DataType of(SqlDataTypeSpec spec) {
    return ((SparkTypeName) spec.getTypeNameSpec()).type;
  }

  /** Refused: Calcite's validator does not see these trees. */
  @Override
  public RelDataType deriveType(SqlValidator validator) {
    throw new UnsupportedOperationException("Spark's types are derived by the analysis: " + type);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword(type.sql());
  }

  @Override
  public boolean equalsDeep(SqlTypeNameSpec spec, Litmus litmus) {
    return spec instanceof SparkTypeName other && type.equals(other.type)
        ? litmus.succeed()
        : litmus.fail("{} != {}", this, spec);
  }
}
