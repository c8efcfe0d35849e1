// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.protocol.TBinaryProtocol;
import org.apache.kyuubi.shaded.thrift.protocol.TProtocolException;
import org.apache.kyuubi.shaded.thrift.protocol.TProtocolUtil;
import org.apache.kyuubi.shaded.thrift.transport.TTransport;

/**
 * Thrift's binary protocol that believes no length: a string is allocated as its bytes arrive,
 * containers are bounded, unknown fields are skipped to a bounded depth, and messages without a
 * version, whose first four bytes would be a length, are refused.
 */
final class GuardedProtocol extends TBinaryProtocol {
  /** Containers in requests are sessions' settings and table types. */
  private static final int LARGEST_CONTAINER = 1 << 16;

  /** TCLIService nests no deeper than five; Thrift's own default is without limit. */
  private static final int DEEPEST_SKIP = 32;

  private static final int PIECE_BYTES = 64 << 10;

  static {
    TProtocolUtil.setMaxSkipDepth(DEEPEST_SKIP);
  }

  GuardedProtocol(TTransport transport) {
    super(
        transport, transport.getConfiguration().getMaxMessageSize(), LARGEST_CONTAINER, true, true);
  }

  @Override
  public String readString() throws TException {
    return readStringBody(readI32());
  }

  @Override
  public String readStringBody(int length) throws TException {
    return new String(readBytes(length), UTF_8);
  }

  @Override
  public ByteBuffer readBinary() throws TException {
    return ByteBuffer.wrap(readBytes(readI32()));
  }

  private byte[] readBytes(int length) throws TException {
    if (length < 0) {
      throw new TProtocolException(
          TProtocolException.NEGATIVE_SIZE, "a string of " + length + " bytes");
    }
    trans_.checkReadBytesAvailable(length);
    byte[] bytes = new byte[Math.min(length, PIECE_BYTES)];
    int count = trans_.readAll(bytes, 0, bytes.length);
    while (count < length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
      count += trans_.readAll(bytes, count, bytes.length - count);
    }
    return bytes;
  }
}
