// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTypeId;

/**
 * Which results Kyuubi's driver shows over Arrow as it does over rows; tried with 1.10.1 and 1.9.2,
 * type by type. One column of another type, and the whole result goes as rows:
 *
 * <ul>
 *   <li>FLOAT: a {@code Float} instead of a {@code Double}, and {@code getDouble} of 0.1 is
 *       0.10000000149011612;
 *   <li>DATE: midnight of UTC less the client's zone's offset then, which in zones that change
 *       their offset between the two midnights (Australia, once a year) is the day before; and days
 *       before 1582 in another calendar;
 *   <li>CHAR, VARCHAR and intervals: an error, or vectors of other types.
 * </ul>
 */
final class ArrowFit {
  private ArrowFit() {}

  /** Whether all of these columns can go over Arrow. */
  static boolean fits(List<Column> columns, ResultFormat asked) {
    return !columns.isEmpty() && columns.stream().allMatch(column -> fits(column.type(), asked));
  }

  private static boolean fits(DataType type, ResultFormat asked) {
    if (type instanceof Simple simple) {
      return switch (simple) {
        case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, DOUBLE, STRING, BINARY, VOID -> true;
        // As text a timestamp goes in rows alone: no driver expects it in a batch.
        case TIMESTAMP, TIMESTAMP_NTZ -> asked == ResultFormat.ARROW;
        case FLOAT, DATE -> false;
      };
    }
    return switch (TableSchemas.typeId(type)) {
      case DECIMAL_TYPE, ARRAY_TYPE, MAP_TYPE, STRUCT_TYPE -> true;
      default -> TableSchemas.typeId(type) == TTypeId.STRING_TYPE;
    };
  }
}
