// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift;

import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIService;
import org.apache.kyuubi.shaded.thrift.TConfiguration;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.protocol.TBinaryProtocol;
import org.apache.kyuubi.shaded.thrift.transport.TMemoryBuffer;
import org.apache.kyuubi.shaded.thrift.transport.TTransport;
import org.apache.kyuubi.shaded.thrift.transport.TTransportException;

/**
 * A client's way to a service in the same process, without a socket: each request is encoded,
 * answered on the caller's thread, and the answer encoded too. For one thread.
 */
public final class InProcessTransport extends TTransport {
  private static final int INITIAL_BYTES = 4 << 10;

  private final TCLIService.Processor<TCLIService.Iface> processor;
  private TMemoryBuffer request;
  private TMemoryBuffer response;

  private InProcessTransport(ConnectionService service) throws TTransportException {
    this.processor = new TCLIService.Processor<>(service);
    this.request = new TMemoryBuffer(INITIAL_BYTES);
    this.response = new TMemoryBuffer(INITIAL_BYTES);
  }

  /**
   * A client of the service; the service stays its owner's to close.
   *
   * @throws TTransportException never: it is Thrift's signature
   */
  public static TCLIService.Iface client(ConnectionService service) throws TTransportException {
    return new TCLIService.Client(new TBinaryProtocol(new InProcessTransport(service)));
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    request.write(source, offset, length);
  }

  @Override
  public void flush() throws TTransportException {
    TMemoryBuffer asked = request;
    request = new TMemoryBuffer(INITIAL_BYTES);
    response = new TMemoryBuffer(INITIAL_BYTES);
    try {
      processor.process(new GuardedProtocol(asked), new TBinaryProtocol(response));
    } catch (TTransportException e) {
      throw e;
    } catch (TException e) {
      throw new TTransportException(e);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws TTransportException {
    return response.read(target, offset, length);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void open() {
    // There is nothing to connect to.
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  @Override
  public TConfiguration getConfiguration() {
    return response.getConfiguration();
  }

  @Override
  public void updateKnownMessageSize(long size) throws TTransportException {
    response.updateKnownMessageSize(size);
  }

  @Override
  public void checkReadBytesAvailable(long count) throws TTransportException {
    response.checkReadBytesAvailable(count);
  }
}
