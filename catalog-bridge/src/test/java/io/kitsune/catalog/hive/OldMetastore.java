// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;
import org.apache.thrift.TProcessor;
import org.apache.thrift.TProcessorFactory;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TSimpleServer;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.TTransport;
import org.apache.thrift.transport.TTransportException;

/** Speaks as a Metastore of Hive 2.3 does about tables: it knows {@code get_table} and no other. */
final class OldMetastore implements AutoCloseable {
  private final TServerSocket socket;
  private final TServer server;
  private final AtomicInteger connections = new AtomicInteger();

  private OldMetastore() throws TTransportException {
    this.socket = new TServerSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    this.server =
        new TSimpleServer(
            new TServer.Args(socket)
                .processorFactory(
                    new TProcessorFactory(null) {
                      @Override
                      public TProcessor getProcessor(TTransport transport) {
                        connections.incrementAndGet();
                        return OldMetastore::answer;
                      }
                    })
                .protocolFactory(new TBinaryProtocol.Factory()));
  }

  static OldMetastore start() throws TTransportException {
    OldMetastore metastore = new OldMetastore();
    Thread thread = new Thread(metastore.server::serve, "old-metastore");
    thread.setDaemon(true);
    thread.start();
    return metastore;
  }

  String uri() {
    return "thrift://127.0.0.1:" + socket.getServerSocket().getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  private static void answer(TProtocol in, TProtocol out) throws TException {
    TMessage call = in.readMessageBegin();
    if (!call.name.equals("get_table")) {
      TProtocolUtil.skip(in, TType.STRUCT);
      in.readMessageEnd();
      out.writeMessageBegin(new TMessage(call.name, TMessageType.EXCEPTION, call.seqid));
      new TApplicationException(
              TApplicationException.UNKNOWN_METHOD, "Invalid method name: '" + call.name + "'")
          .write(out);
      out.writeMessageEnd();
      out.getTransport().flush();
      return;
    }
    String table = tableName(in);
    switch (table) {
      case "known" -> {
        Table found = new Table();
        found.setDbName("db");
        found.setTableName(table);
        reply(out, call, 0, found);
      }
      case "unknown" -> reply(out, call, 2, new NoSuchObjectException(table));
      default -> reply(out, call, 1, new MetaException("the database is on fire"));
    }
  }

  private static String tableName(TProtocol in) throws TException {
    String table = "";
    in.readStructBegin();
    for (TField field = in.readFieldBegin();
        field.type != TType.STOP;
        field = in.readFieldBegin()) {
      String value = in.readString();
      table = field.id == 2 ? value : table;
      in.readFieldEnd();
    }
    in.readStructEnd();
    in.readMessageEnd();
    return table;
  }

  private static void reply(TProtocol out, TMessage call, int field, TBase<?, ?> value)
      throws TException {
    out.writeMessageBegin(new TMessage(call.name, TMessageType.REPLY, call.seqid));
    out.writeStructBegin(new TStruct("get_table_result"));
    out.writeFieldBegin(new TField("", TType.STRUCT, (short) field));
    value.write(out);
    out.writeFieldEnd();
    out.writeFieldStop();
    out.writeStructEnd();
    out.writeMessageEnd();
    out.getTransport().flush();
  }

  @Override
  public void close() {
    server.stop();
  }
}
