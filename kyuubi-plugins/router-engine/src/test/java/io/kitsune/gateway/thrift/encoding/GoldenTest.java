// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.engine.ResultCursor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;
import org.apache.kyuubi.shaded.thrift.TBase;
import org.apache.kyuubi.shaded.thrift.TDeserializer;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.TSerializer;
import org.apache.kyuubi.shaded.thrift.protocol.TBinaryProtocol;
import org.apache.kyuubi.shaded.thrift.protocol.TJSONProtocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is sent is, byte for byte, what the Thrift server of Spark 3.5.4 sent for the same values.
 */
class GoldenTest {
  static List<GoldenCase> cases() {
    return GoldenCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void schema(GoldenCase golden) throws Exception {
    TTableSchema expected = new TTableSchema();
    recorded(golden.name() + ".schema", expected);

    assertThat(TableSchemas.of(List.of(golden.column()))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void columnsOfRows(GoldenCase golden) throws Exception {
    check(rows(golden), golden, TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10, ".columns");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rowsOfRows(GoldenCase golden) throws Exception {
    check(rows(golden), golden, TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V1, ".rows");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void columnsOfBatches(GoldenCase golden) throws Exception {
    check(batches(golden), golden, TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10, ".columns");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rowsOfBatches(GoldenCase golden) throws Exception {
    check(batches(golden), golden, TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V1, ".rows");
  }

  private static ResultCursor rows(GoldenCase golden) {
    return new ListCursor(List.of(golden.column()), golden.rows());
  }

  private static ResultCursor batches(GoldenCase golden) {
    return new ArrowBatches(List.of(golden.column()), golden.rows(), 1_000);
  }

  private static void check(
      ResultCursor cursor, GoldenCase golden, TProtocolVersion protocol, String suffix)
      throws Exception {
    try (cursor) {
      TRowSet expected = new TRowSet();
      recorded(golden.name() + suffix, expected);

      TRowSet actual =
          EncodedResult.of(cursor, Encoding.of(protocol, golden.zone()))
              .fetch(TFetchOrientation.FETCH_NEXT, 1_000)
              .rowSet();

      byte[] sent = serialized(actual);
      TRowSet received = new TRowSet();
      new TDeserializer(new TBinaryProtocol.Factory()).deserialize(received, sent);
      // As text for a person to compare; NaN is not equal to itself in a structure.
      assertThat(received).hasToString(expected.toString());
      assertThat(sent).isEqualTo(serialized(expected));
    }
  }

  private static byte[] serialized(TBase<?, ?> structure) throws TException {
    return new TSerializer(new TBinaryProtocol.Factory()).serialize(structure);
  }

  private static void recorded(String name, TBase<?, ?> structure) throws IOException, TException {
    try (InputStream json = GoldenTest.class.getResourceAsStream(name + ".json")) {
      assertThat(json).as("the recorded answer " + name).isNotNull();
      new TDeserializer(new TJSONProtocol.Factory()).deserialize(structure, json.readAllBytes());
    }
  }
}
