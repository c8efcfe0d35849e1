// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/**
 * Bytes written to one array. {@code Channels.newChannel} of a stream would copy them twice, 8 kB
 * at a time.
 */
final class MemoryChannel implements WritableByteChannel {
  private byte[] bytes;
  private int length;

  MemoryChannel(int expected) {
    bytes = new byte[expected];
  }

  /** Those written, and perhaps more behind them. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  @Override
  public int write(ByteBuffer source) {
    int count = source.remaining();
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), bytes.length * 2));
    }
    source.get(bytes, length, count);
    length += count;
    return count;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // An array.
  }
}
