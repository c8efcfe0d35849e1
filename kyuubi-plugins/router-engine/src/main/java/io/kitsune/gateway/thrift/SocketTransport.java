// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.kyuubi.shaded.thrift.TConfiguration;
import org.apache.kyuubi.shaded.thrift.transport.TTransport;
import org.apache.kyuubi.shaded.thrift.transport.TTransportException;

/**
 * A client's socket with a deadline for each message, not only for each read: a client that sends a
 * byte now and then is cut off too. Counts the bytes of a message and refuses those over the limit.
 * One thread reads and writes; {@link #stalled} and {@link #close} may come from another.
 */
final class SocketTransport extends TTransport {
  private static final int BUFFER_BYTES = 8192;

  /** A socket has no time limit for writes: pieces of this size are watched instead. */
  private static final int WRITE_PIECE_BYTES = 64 << 10;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final TConfiguration configuration;
  private final byte[] input = new byte[BUFFER_BYTES];
  private final byte[] output = new byte[BUFFER_BYTES];
  private int inputPosition;
  private int inputLimit;
  private int outputLength;
  private long deadline;
  private long bytesLeft;
  private volatile long writingSince;

  SocketTransport(Socket socket, TConfiguration configuration) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.configuration = configuration;
  }

  /**
   * Waits for a message's first byte, and gives the message until {@code messageLimit} to arrive.
   *
   * @return false if the client closed the connection instead, or sent nothing in {@code idleLimit}
   */
  boolean awaitMessage(Duration idleLimit, Duration messageLimit) throws TTransportException {
    if (inputPosition == inputLimit) {
      deadline = System.nanoTime() + idleLimit.toNanos();
      try {
        if (!fill()) {
          return false;
        }
      } catch (TTransportException e) {
        if (e.getType() == TTransportException.TIMED_OUT) {
          return false;
        }
        throw e;
      }
    }
    expectMessage(messageLimit);
    return true;
  }

  /** Starts the clock and the count of a message. */
  void expectMessage(Duration limit) {
    deadline = System.nanoTime() + limit.toNanos();
    bytesLeft = configuration.getMaxMessageSize();
  }

  /** True if a write has been waiting for the client for longer than that. */
  boolean stalled(Duration limit) {
    long since = writingSince;
    return since != 0 && System.nanoTime() - since > limit.toNanos();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws TTransportException {
    if (inputPosition == inputLimit && !fill()) {
      throw new TTransportException(TTransportException.END_OF_FILE, "the client went away");
    }
    int count = Math.min(length, inputLimit - inputPosition);
    bytesLeft -= count;
    if (bytesLeft < 0) {
      throw tooLong();
    }
    System.arraycopy(input, inputPosition, target, offset, count);
    inputPosition += count;
    return count;
  }

  private boolean fill() throws TTransportException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw late(null);
    }
    try {
      // A limit of zero would mean none.
      socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, Math.max(1, left / 1_000_000)));
      int count = in.read(input, 0, input.length);
      inputPosition = 0;
      inputLimit = Math.max(count, 0);
      return count > 0;
    } catch (SocketTimeoutException e) {
      throw late(e);
    } catch (IOException e) {
      throw new TTransportException(TTransportException.UNKNOWN, e);
    }
  }

  private static TTransportException late(IOException cause) {
    return new TTransportException(
        TTransportException.TIMED_OUT, "the message did not arrive in time", cause);
  }

  private TTransportException tooLong() {
    return new TTransportException(
        TTransportException.CORRUPTED_DATA,
        "the message is longer than %d bytes".formatted(configuration.getMaxMessageSize()));
  }

  @Override
  public void write(byte[] source, int offset, int length) throws TTransportException {
    if (length > output.length - outputLength) {
      drain();
    }
    if (length >= output.length) {
      send(source, offset, length);
      return;
    }
    System.arraycopy(source, offset, output, outputLength, length);
    outputLength += length;
  }

  @Override
  public void flush() throws TTransportException {
    drain();
  }

  private void drain() throws TTransportException {
    int length = outputLength;
    outputLength = 0;
    send(output, 0, length);
  }

  private void send(byte[] source, int offset, int length) throws TTransportException {
    try {
      for (int sent = 0; sent < length; sent += WRITE_PIECE_BYTES) {
        // Zero means that nothing is being written; nanoTime may be anything.
        writingSince = System.nanoTime() | 1;
        out.write(source, offset + sent, Math.min(WRITE_PIECE_BYTES, length - sent));
      }
    } catch (IOException e) {
      throw new TTransportException(TTransportException.UNKNOWN, e);
    } finally {
      writingSince = 0;
    }
  }

  @Override
  public boolean isOpen() {
    return !socket.isClosed();
  }

  @Override
  public void open() {
    // The socket was accepted open.
  }

  @Override
  public void close() {
    Sockets.close(socket);
  }

  @Override
  public TConfiguration getConfiguration() {
    return configuration;
  }

  @Override
  public void updateKnownMessageSize(long size) throws TTransportException {
    checkReadBytesAvailable(size);
  }

  @Override
  public void checkReadBytesAvailable(long count) throws TTransportException {
    if (count < 0 || count > bytesLeft) {
      throw tooLong();
    }
  }
}
