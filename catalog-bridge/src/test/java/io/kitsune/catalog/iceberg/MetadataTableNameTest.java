// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetadataTableNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "snapshots",
        "FILES",
        "history",
        "all_data_files",
        "position_deletes",
        "branch_audit",
        "tag_v1",
        "snapshot_id_42",
        "at_timestamp_17",
        "changes"
      })
  void partsOfATableAreRecognised(String part) {
    TableName name = new TableName("lake", List.of("sales", "orders"), part);

    assertThat(MetadataTableName.recognise(name))
        .contains(new MetadataTableName(TableName.of("lake", "sales", "orders"), part));
  }

  @Test
  void otherNamesAreNot() {
    assertThat(MetadataTableName.recognise(new TableName("lake", List.of("a", "b"), "orders")))
        .isEmpty();
    assertThat(MetadataTableName.recognise(new TableName("lake", List.of("a", "b"), "branch_")))
        .isEmpty();
    assertThat(MetadataTableName.recognise(TableName.of("lake", "sales", "snapshots"))).isEmpty();
  }
}
