// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.protocol.TBinaryProtocol;
import org.apache.kyuubi.shaded.thrift.protocol.TField;
import org.apache.kyuubi.shaded.thrift.protocol.TList;
import org.apache.kyuubi.shaded.thrift.protocol.TProtocol;
import org.apache.kyuubi.shaded.thrift.protocol.TStruct;
import org.apache.kyuubi.shaded.thrift.protocol.TType;
import org.apache.kyuubi.shaded.thrift.transport.TMemoryInputTransport;

/**
 * The values of a column as Thrift's binary protocol writes them, ready to be sent. All columns of
 * the protocol are alike: a list of values, and a bit for each that is NULL.
 *
 * @param type of an element, {@link TType}'s number
 * @param content the elements, one after the other; may be longer than {@code length}
 * @param rows how many elements
 * @param nulls bit i, from the lowest, is set where row i is NULL
 */
record RawValues(byte type, byte[] content, int length, int rows, byte[] nulls) {
  private static final TStruct STRUCT = new TStruct("column");
  private static final TField VALUES = new TField("values", TType.LIST, (short) 1);
  private static final TField NULLS = new TField("nulls", TType.STRING, (short) 2);

  /** Whether {@link #write} can write to it: only the binary protocol has these very bytes. */
  static boolean fit(TProtocol protocol) {
    return protocol instanceof TBinaryProtocol;
  }

  void write(TProtocol protocol) throws TException {
    protocol.writeStructBegin(STRUCT);
    protocol.writeFieldBegin(VALUES);
    protocol.writeListBegin(new TList(type, rows));
    protocol.getTransport().write(content, 0, length);
    protocol.writeListEnd();
    protocol.writeFieldEnd();
    protocol.writeFieldBegin(NULLS);
    protocol.writeBinary(ByteBuffer.wrap(nulls));
    protocol.writeFieldEnd();
    protocol.writeFieldStop();
    protocol.writeStructEnd();
  }

  /** The values as objects, for those who do not send them. */
  <T> List<T> decode(Reader<T> reader) {
    List<T> values = new ArrayList<>(rows);
    try {
      TProtocol protocol = new TBinaryProtocol(new TMemoryInputTransport(content, 0, length));
      for (int i = 0; i < rows; i++) {
        values.add(reader.read(protocol));
      }
    } catch (TException e) {
      throw new IllegalStateException("a column that was encoded here cannot be decoded", e);
    }
    return values;
  }

  /** Reads one element. */
  @FunctionalInterface
  interface Reader<T> {
    T read(TProtocol protocol) throws TException;
  }
}
