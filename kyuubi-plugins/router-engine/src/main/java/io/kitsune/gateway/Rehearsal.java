// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Catalogs;
import io.kitsune.engine.RowSets;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.statement.Commands;
import io.kitsune.gateway.thrift.InProcessTransport;
import io.kitsune.gateway.thrift.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIService;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseOperationReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetResultSetMetadataReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSessionHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatusCode;
import org.apache.kyuubi.shaded.thrift.TException;

/**
 * A client inside the gateway's own process whose session, threads and tables are apart from those
 * of real clients: what it runs goes their way, from the encoded request to the encoded rows, but
 * counts against no limit and is reported to nobody. One thread runs statements; any may close it.
 */
public final class Rehearsal implements AutoCloseable {
  private static final String USER = "rehearsal";
  private static final int ROWS_IN_A_FETCH = 1_000;

  private final GatewayCore core;
  private final ClientCalls service;
  private final TCLIService.Iface client;
  private final TSessionHandle session;

  /**
   * Opens its session.
   *
   * @param routing decides its statements
   * @param catalogs its tables; closed by their owner
   * @param engines the engines, the real clients' too; closed by their owner
   */
  public Rehearsal(RoutingService routing, Catalogs catalogs, EngineFleet engines) {
    InetAddress here = InetAddress.getLoopbackAddress();
    GatewaySettings settings = GatewaySettings.at(new InetSocketAddress(here, 0));
    this.core =
        new GatewayCore(
            settings,
            routing,
            catalogs,
            engines,
            (user, password, address) -> user,
            new Commands(catalogs, List::of, engines::reports, routing::decide),
            new Sessions(settings.sessions()),
            new OperationRunner(settings.operations().maxRunning()),
            StatementListener.NONE);
    this.service = new ClientCalls(core, new Peer(here, new Peer.Identity.Authenticated(USER)));
    try {
      this.client = InProcessTransport.client(service);
      TOpenSessionResp response =
          client.OpenSession(new TOpenSessionReq(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11));
      require(response.getStatus());
      this.session = response.getSessionHandle();
    } catch (TException e) {
      throw failed(e.toString(), e);
    }
  }

  /**
   * Runs a statement to its last row.
   *
   * @throws KitsuneException {@code REHEARSAL_FAILED} with the reason
   */
  public void run(String statement) {
    try {
      // Not asynchronous: the answer comes when it is finished.
      TExecuteStatementResp started =
          client.ExecuteStatement(new TExecuteStatementReq(session, statement));
      require(started.getStatus());
      TOperationHandle operation = started.getOperationHandle();
      require(client.GetResultSetMetadata(new TGetResultSetMetadataReq(operation)).getStatus());
      TFetchResultsResp rows;
      do {
        rows =
            client.FetchResults(
                new TFetchResultsReq(operation, TFetchOrientation.FETCH_NEXT, ROWS_IN_A_FETCH));
        require(rows.getStatus());
      } while (RowSets.count(rows.getResults()) > 0);
      require(client.CloseOperation(new TCloseOperationReq(operation)).getStatus());
    } catch (TException e) {
      throw failed(e.toString(), e);
    }
  }

  private static void require(TStatus status) {
    if (status.getStatusCode() == TStatusCode.ERROR_STATUS) {
      throw failed(status.getErrorMessage(), null);
    }
  }

  private static KitsuneException failed(String reason, Throwable cause) {
    return new KitsuneException(
        "REHEARSAL_FAILED",
        "XX000",
        "The gateway could not rehearse a statement: " + reason,
        cause);
  }

  /** Cancels what runs. Never throws. */
  @Override
  public void close() {
    service.close();
    core.sessions().close();
    core.runner().close();
  }
}
