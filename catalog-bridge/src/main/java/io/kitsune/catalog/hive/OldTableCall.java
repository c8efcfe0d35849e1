// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/**
 * The call {@code Table get_table(1: string dbname, 2: string tbl_name)}, the only one that fetches
 * a table from a Metastore before 3.0. Hive 4.0.1 dropped it, and with it the generated code.
 */
final class OldTableCall {
  private static final String NAME = "get_table";
  private static final int SEQUENCE = 1;

  private OldTableCall() {}

  static Table run(ThriftHiveMetastore.Client client, String database, String table)
      throws TException {
    send(client.getOutputProtocol(), database, table);
    TProtocol in = client.getInputProtocol();
    TMessage reply = in.readMessageBegin();
    if (reply.type == TMessageType.EXCEPTION) {
      TApplicationException exception = new TApplicationException();
      exception.read(in);
      in.readMessageEnd();
      throw exception;
    }
    if (reply.seqid != SEQUENCE || !reply.name.equals(NAME)) {
      throw new TApplicationException(
          TApplicationException.BAD_SEQUENCE_ID, "an answer to another call: " + reply);
    }
    return receive(in);
  }

  private static void send(TProtocol out, String database, String table) throws TException {
    out.writeMessageBegin(new TMessage(NAME, TMessageType.CALL, SEQUENCE));
    out.writeStructBegin(new TStruct("get_table_args"));
    writeText(out, (short) 1, database);
    writeText(out, (short) 2, table);
    out.writeFieldStop();
    out.writeStructEnd();
    out.writeMessageEnd();
    out.getTransport().flush();
  }

  private static void writeText(TProtocol out, short id, String text) throws TException {
    out.writeFieldBegin(new TField("", TType.STRING, id));
    out.writeString(text);
    out.writeFieldEnd();
  }

  /** Field 0 is the answer, 1 and 2 are the exceptions declared. */
  private static Table receive(TProtocol in) throws TException {
    Table table = null;
    TException declared = null;
    in.readStructBegin();
    for (TField field = in.readFieldBegin();
        field.type != TType.STOP;
        field = in.readFieldBegin()) {
      if (field.id == 0 && field.type == TType.STRUCT) {
        table = new Table();
        table.read(in);
      } else if (field.id == 1 && field.type == TType.STRUCT) {
        MetaException exception = new MetaException();
        exception.read(in);
        declared = exception;
      } else if (field.id == 2 && field.type == TType.STRUCT) {
        NoSuchObjectException exception = new NoSuchObjectException();
        exception.read(in);
        declared = exception;
      } else {
        TProtocolUtil.skip(in, field.type);
      }
      in.readFieldEnd();
    }
    in.readStructEnd();
    in.readMessageEnd();
    if (declared != null) {
      throw declared;
    }
    if (table == null) {
      throw new TApplicationException(
          TApplicationException.MISSING_RESULT, NAME + " has no answer");
    }
    return table;
  }
}
