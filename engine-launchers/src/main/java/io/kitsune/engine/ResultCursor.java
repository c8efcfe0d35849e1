// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import io.kitsune.catalog.Column;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/**
 * A result read forwards, once. Not thread-safe: one reader at a time. Holds a bounded amount of
 * memory whatever the result's size.
 */
public sealed interface ResultCursor extends AutoCloseable {
  /** Frees it; never throws. */
  @Override
  void close();

  /** A result as Arrow batches. */
  non-sealed interface Batches extends ResultCursor {
    /** Labels and types, Spark's. */
    List<Column> columns();

    /**
     * The next batch, with at least one row, or empty at the end. It belongs to the cursor and is
     * valid until the next call.
     *
     * @throws io.kitsune.error.KitsuneException if the engine fails midway
     */
    Optional<VectorSchemaRoot> next();
  }

  /**
   * A result as rows of Java values; for small ones. A value is null for NULL, otherwise, by its
   * column's type:
   *
   * <ul>
   *   <li>BOOLEAN {@code Boolean}, TINYINT {@code Byte}, SMALLINT {@code Short}, INT {@code
   *       Integer}, BIGINT {@code Long}, FLOAT {@code Float}, DOUBLE {@code Double}, DECIMAL {@code
   *       BigDecimal} of the type's scale;
   *   <li>STRING, CHAR, VARCHAR and types that are not modelled {@code String}, BINARY {@code
   *       byte[]};
   *   <li>DATE {@code LocalDate}, TIMESTAMP {@code Instant}, TIMESTAMP_NTZ {@code LocalDateTime};
   *   <li>ARRAY {@code List}, MAP {@code java.util.Map}, STRUCT a {@code List} with one value for
   *       each field, in order.
   * </ul>
   */
  non-sealed interface Rows extends ResultCursor {
    /** Labels and types. */
    List<Column> columns();

    /** Up to {@code limit} more rows; empty at the end. Values as above. */
    List<List<Object>> next(int limit);
  }

  /** A result that the engine already encodes in the client's protocol; passed on undecoded. */
  non-sealed interface Relayed extends ResultCursor {
    /** As the engine describes it. */
    TTableSchema schema();

    /**
     * What the engine says of the rows' format beside the columns, in the information messages of
     * Kyuubi's protocol; handed on to the client. None means Thrift rows.
     */
    default List<String> hints() {
      return List.of();
    }

    /** How many rows are in one of its row sets, which an Arrow batch does not show. */
    default int count(TRowSet rowSet) {
      return RowSets.count(rowSet);
    }

    /** The next row set; one without rows is the end. */
    TRowSet fetch(TFetchOrientation orientation, long maxRows);
  }
}
