// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kyuubi.shaded.thrift.TConfiguration;
import org.apache.kyuubi.shaded.thrift.transport.TTransport;
import org.apache.kyuubi.shaded.thrift.transport.TTransportException;

/**
 * Thrift's SASL framing after a handshake without a security layer: each frame is a length of four
 * bytes and that many bytes as they are. A frame is read as it comes and never held whole, so its
 * length is only counted, not allocated. A long response is sent as several frames, which every
 * client joins, so that it is not held whole either.
 */
final class SaslTransport extends TTransport {
  private static final int HEADER_BYTES = 4;
  private static final int INITIAL_BYTES = 8 << 10;

  /** Larger frames make Python's clients join fewer pieces; smaller ones save memory. */
  private static final int LARGEST_FRAME_BYTES = 1 << 20;

  private final TTransport socket;
  private final byte[] header = new byte[HEADER_BYTES];
  private int frameLeft;
  private byte[] frame = new byte[INITIAL_BYTES];
  private int frameEnd = HEADER_BYTES;

  SaslTransport(TTransport socket) {
    this.socket = socket;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws TTransportException {
    while (frameLeft == 0) {
      socket.readAll(header, 0, HEADER_BYTES);
      frameLeft = ByteBuffer.wrap(header).getInt();
      if (frameLeft < 0) {
        throw new TTransportException(
            TTransportException.CORRUPTED_DATA, "a frame of " + frameLeft + " bytes");
      }
      socket.checkReadBytesAvailable(frameLeft);
    }
    int count = socket.read(target, offset, Math.min(length, frameLeft));
    frameLeft -= count;
    return count;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws TTransportException {
    int from = offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, LARGEST_FRAME_BYTES + HEADER_BYTES - frameEnd);
      if (frameEnd + count > frame.length) {
        int grown = Math.max(frameEnd + count, 2 * frame.length);
        frame = Arrays.copyOf(frame, Math.min(grown, LARGEST_FRAME_BYTES + HEADER_BYTES));
      }
      System.arraycopy(source, from, frame, frameEnd, count);
      frameEnd += count;
      from += count;
      left -= count;
      if (frameEnd == LARGEST_FRAME_BYTES + HEADER_BYTES) {
        sendFrame();
      }
    }
  }

  @Override
  public void flush() throws TTransportException {
    if (frameEnd > HEADER_BYTES) {
      sendFrame();
    }
    socket.flush();
    if (frame.length > INITIAL_BYTES) {
      frame = new byte[INITIAL_BYTES];
    }
  }

  private void sendFrame() throws TTransportException {
    ByteBuffer.wrap(frame).putInt(frameEnd - HEADER_BYTES);
    socket.write(frame, 0, frameEnd);
    frameEnd = HEADER_BYTES;
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void open() {
    // The handshake is over.
  }

  @Override
  public void close() {
    socket.close();
  }

  @Override
  public TConfiguration getConfiguration() {
    return socket.getConfiguration();
  }

  @Override
  public void updateKnownMessageSize(long size) throws TTransportException {
    socket.updateKnownMessageSize(size);
  }

  @Override
  public void checkReadBytesAvailable(long count) throws TTransportException {
    socket.checkReadBytesAvailable(count);
  }
}
