// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIService;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetResultSetMetadataReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;
import org.apache.kyuubi.shaded.thrift.TBase;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.TSerializer;
import org.apache.kyuubi.shaded.thrift.protocol.TBinaryProtocol;
import org.apache.kyuubi.shaded.thrift.protocol.TJSONProtocol;
import org.apache.kyuubi.shaded.thrift.transport.TSocket;

/**
 * Records what Spark's Thrift server answers for each {@link GoldenCase}: {@code <name>.schema},
 * {@code .columns} (V10) and {@code .rows} (V1), each a Thrift structure in Thrift's JSON. Run it
 * against a HiveThriftServer2 of Spark 3.5 with {@code hive.server2.authentication=NOSASL}:
 * arguments are its host, its port, and this package's folder in src/test/resources.
 */
final class GoldenRecorder {
  private final TCLIService.Client client;
  private final Path folder;

  private GoldenRecorder(TCLIService.Client client, Path folder) {
    this.client = client;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    try (TSocket socket = new TSocket(arguments[0], Integer.parseInt(arguments[1]))) {
      socket.open();
      GoldenRecorder recorder =
          new GoldenRecorder(
              new TCLIService.Client(new TBinaryProtocol(socket)),
              Files.createDirectories(Path.of(arguments[2])));
      for (GoldenCase golden : GoldenCase.all()) {
        recorder.record(golden, TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10, ".columns");
        recorder.record(golden, TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V1, ".rows");
      }
    }
  }

  private void record(GoldenCase golden, TProtocolVersion version, String suffix) throws Exception {
    TOpenSessionReq open = new TOpenSessionReq(version);
    open.setConfiguration(Map.of("set:hiveconf:spark.sql.session.timeZone", golden.zone().getId()));
    TOpenSessionResp session = client.OpenSession(open);
    execute(session, "SET spark.sql.session.timeZone=" + golden.zone().getId());
    TExecuteStatementResp statement = execute(session, golden.statement());
    if (!statement.isSetOperationHandle()) {
      throw new IllegalStateException(golden + ": " + statement.getStatus().getErrorMessage());
    }
    TTableSchema schema =
        client.GetResultSetMetadata(new TGetResultSetMetadataReq(statement.getOperationHandle()))
            .getSchema();
    TRowSet rows =
        client.FetchResults(
                new TFetchResultsReq(
                    statement.getOperationHandle(), TFetchOrientation.FETCH_NEXT, 1_000))
            .getResults();
    write(golden.name() + ".schema", schema);
    write(golden.name() + suffix, rows);
    client.CloseSession(new TCloseSessionReq(session.getSessionHandle()));
  }

  private TExecuteStatementResp execute(TOpenSessionResp session, String text) throws TException {
    return client.ExecuteStatement(new TExecuteStatementReq(session.getSessionHandle(), text));
  }

  private void write(String name, TBase<?, ?> structure) throws Exception {
    byte[] json = new TSerializer(new TJSONProtocol.Factory()).serialize(structure);
    Files.write(folder.resolve(name + ".json"), json);
  }
}
