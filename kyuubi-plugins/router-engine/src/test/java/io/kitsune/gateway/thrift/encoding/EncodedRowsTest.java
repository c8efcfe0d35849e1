// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.error.KitsuneException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.junit.jupiter.api.Test;

class EncodedRowsTest {
  private static final List<Column> COLUMNS =
      List.of(Column.of("id", DataType.Simple.BIGINT), Column.of("name", DataType.Simple.STRING));
  private static final List<List<Object>> ROWS =
      List.of(List.of(1L, "one"), Arrays.asList(null, null), List.of(3L, "three"));

  @Test
  void columnsSinceV6() {
    EncodedResult result = result(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10, 1 << 20);

    TRowSet rows = result.fetch(TFetchOrientation.FETCH_NEXT, 100).rowSet();

    assertThat(rows.getColumns()).hasSize(2);
    assertThat(rows.getColumns().get(0).getI64Val().getValues()).containsExactly(1L, 0L, 3L);
    assertThat(rows.getColumns().get(0).getI64Val().getNulls()).containsExactly(0b010);
    assertThat(rows.getColumns().get(1).getStringVal().getValues())
        .containsExactly("one", "", "three");
    TRowSet end = result.fetch(TFetchOrientation.FETCH_NEXT, 100).rowSet();
    assertThat(end.getColumns()).hasSize(2);
    assertThat(end.getColumns().get(0).getI64Val().getValues()).isEmpty();
    assertThat(end.getStartRowOffset()).isEqualTo(3);
  }

  @Test
  void rowsBeforeV6() {
    EncodedResult result = result(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V1, 1 << 20);

    TRowSet rows = result.fetch(TFetchOrientation.FETCH_NEXT, 100).rowSet();

    assertThat(rows.isSetColumns()).isFalse();
    assertThat(rows.getRows()).hasSize(3);
    assertThat(rows.getRows().get(0).getColVals().get(0).getI64Val().getValue()).isEqualTo(1);
    assertThat(rows.getRows().get(1).getColVals().get(0).getI64Val().isSetValue()).isFalse();
    assertThat(rows.getRows().get(1).getColVals().get(1).getStringVal().isSetValue()).isFalse();
    assertThat(result.fetch(TFetchOrientation.FETCH_NEXT, 100).rowSet().getRows()).isEmpty();
  }

  @Test
  void aRowSetIsBoundedByRowsAndByBytesAndNeverEmptyBeforeTheEnd() {
    EncodedResult byRows = result(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V1, 1 << 20);
    EncodedResult byBytes = result(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V1, 1);

    assertThat(byRows.fetch(TFetchOrientation.FETCH_NEXT, 2).rowSet().getRows()).hasSize(2);
    assertThat(byRows.fetch(TFetchOrientation.FETCH_NEXT, 2).rowSet().getRows()).hasSize(1);
    for (int i = 0; i < ROWS.size(); i++) {
      TRowSet rows = byBytes.fetch(TFetchOrientation.FETCH_NEXT, 100).rowSet();
      assertThat(rows.getRows()).hasSize(1);
      assertThat(rows.getStartRowOffset()).isEqualTo(i);
    }
    assertThat(byBytes.fetch(TFetchOrientation.FETCH_NEXT, 100).rowSet().getRows()).isEmpty();
  }

  @Test
  void goingBackIsRefused() {
    EncodedResult result = result(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10, 1 << 20);

    result.fetch(TFetchOrientation.FETCH_FIRST, 1).rowSet();

    assertThatThrownBy(() -> result.fetch(TFetchOrientation.FETCH_FIRST, 1).rowSet())
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("RESULT_NOT_SCROLLABLE"));
  }

  private static EncodedResult result(TProtocolVersion protocol, long maxBytes) {
    return EncodedResult.of(
        new ListCursor(COLUMNS, ROWS),
        new Encoding(protocol, ZoneOffset.UTC, maxBytes, ResultFormat.THRIFT));
  }
}
