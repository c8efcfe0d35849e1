// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.RowSets;
import io.kitsune.gateway.thrift.ListenerSettings;
import io.kitsune.gateway.thrift.ListenerSettings.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIService;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSessionHandle;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.protocol.TBinaryProtocol;
import org.apache.kyuubi.shaded.thrift.protocol.TField;
import org.apache.kyuubi.shaded.thrift.protocol.TMessage;
import org.apache.kyuubi.shaded.thrift.protocol.TMessageType;
import org.apache.kyuubi.shaded.thrift.protocol.TStruct;
import org.apache.kyuubi.shaded.thrift.protocol.TType;
import org.apache.kyuubi.shaded.thrift.transport.TMemoryBuffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What strangers send does no harm: the service goes on, memory stays bounded, nobody holds a place
 * for long. Random input has a fixed seed, so that a failure comes again.
 */
class HostileClientsTest {
  private static final long SEED = 20261122;
  private static final int MAX_MESSAGE = 1 << 20;
  private static final Duration HANDSHAKE_LIMIT = Duration.ofMillis(700);
  private static final Duration MESSAGE_LIMIT = Duration.ofMillis(900);
  private static final int MAX_CONNECTIONS = 20;

  private static final byte[] PLAIN_START = sasl(1, "PLAIN".getBytes(UTF_8));
  private static final byte[] PLAIN_USER = sasl(5, "\0eve\0secret".getBytes(UTF_8));

  static {
    // Awaitility's 100 ms would be most of the test's time.
    Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    Awaitility.setDefaultPollDelay(Duration.ZERO);
  }

  private final Random random = new Random(SEED);
  private GatewayFixture fixture;

  private void start(Transport transport) throws IOException {
    ListenerSettings listener =
        new ListenerSettings(
            GatewayFixture.listener(transport).address(),
            transport,
            MAX_CONNECTIONS,
            MAX_MESSAGE,
            HANDSHAKE_LIMIT,
            MESSAGE_LIMIT,
            Duration.ofMinutes(1));
    fixture =
        new GatewayFixture(
            GatewayFixture.with(listener, SessionLimits.defaults(), OperationLimits.defaults()),
            Map.of());
    fixture.routing.duckDb("select 1", "SELECT 1::INTEGER AS \"1\"", Column.of("1", Simple.INT));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void randomBytes(Transport transport) throws Exception {
    start(transport);
    for (int i = 0; i < 400; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      send(prefix(transport, i), bytes);
    }
    isWell(transport);
  }

  /** Half of them get past the handshake first. */
  private static byte[] prefix(Transport transport, int i) {
    return transport == Transport.SASL_PLAIN && i % 2 == 0
        ? join(PLAIN_START, PLAIN_USER)
        : new byte[0];
  }

  @ParameterizedTest
  @EnumSource
  void truncatedMessages(Transport transport) throws Exception {
    start(transport);
    byte[] message = conversation(transport);
    for (int length = 0; length < message.length; length++) {
      send(Arrays.copyOf(message, length));
    }
    isWell(transport);
  }

  @ParameterizedTest
  @EnumSource
  void mutatedMessages(Transport transport) throws Exception {
    start(transport);
    byte[] message = conversation(transport);
    for (int i = 0; i < 500; i++) {
      byte[] mutated = message.clone();
      for (int change = 0; change <= random.nextInt(4); change++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      send(mutated);
    }
    isWell(transport);
  }

  @Test
  void announcedLengthsAreNotAllocated() throws Exception {
    start(Transport.NOSASL);
    isWell(Transport.NOSASL);
    List<byte[]> messages = new ArrayList<>();
    for (int length : new int[] {-1, MAX_MESSAGE - 200, MAX_MESSAGE, Integer.MAX_VALUE}) {
      messages.add(call(TType.STRING, ByteBuffer.allocate(4).putInt(length).array()));
      for (byte container : new byte[] {TType.LIST, TType.SET}) {
        messages.add(call(container, ByteBuffer.allocate(5).put(TType.I64).putInt(length).array()));
      }
      messages.add(
          call(
              TType.MAP,
              ByteBuffer.allocate(6).put(TType.STRING).put(TType.STRING).putInt(length).array()));
      messages.add(configuration(length));
      messages.add(ByteBuffer.allocate(4).putInt(length).array());
    }
    long before = allocatedByConnections();
    for (byte[] message : messages) {
      send(message);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> fixture.gateway.connections() == 0);
    assertThat(allocatedByConnections() - before).isLessThan(messages.size() * 200_000L);
    isWell(Transport.NOSASL);
  }

  @Test
  void announcedFramesAreNotAllocated() throws Exception {
    start(Transport.SASL_PLAIN);
    isWell(Transport.SASL_PLAIN);
    long before = allocatedByConnections();
    int count = 0;
    for (int length : new int[] {-1, MAX_MESSAGE - 200, MAX_MESSAGE, Integer.MAX_VALUE}) {
      byte[] header = ByteBuffer.allocate(4).putInt(length).array();
      send(join(PLAIN_START, PLAIN_USER, header));
      send(join(new byte[] {1}, header));
      send(join(PLAIN_START, new byte[] {2}, header));
      count += 3;
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> fixture.gateway.connections() == 0);
    assertThat(allocatedByConnections() - before).isLessThan(count * 200_000L);
    isWell(Transport.SASL_PLAIN);
  }

  @Test
  void nestingIsBounded() throws Exception {
    start(Transport.NOSASL);
    byte[] nested = new byte[3 * 200_000];
    for (int i = 0; i < nested.length; i += 3) {
      nested[i] = TType.STRUCT;
      nested[i + 2] = 99;
    }
    send(call(TType.STRUCT, nested));
    isWell(Transport.NOSASL);
  }

  @Test
  void slowClientsAreCutOff() throws Exception {
    start(Transport.SASL_PLAIN);
    byte[] message = conversation(Transport.SASL_PLAIN);
    int handshake = PLAIN_START.length + PLAIN_USER.length;
    assertThat(millisecondsUntilCut(new byte[0], message))
        .isBetween(HANDSHAKE_LIMIT.toMillis() / 2, HANDSHAKE_LIMIT.toMillis() + 2000);
    assertThat(
            millisecondsUntilCut(
                Arrays.copyOf(message, handshake),
                Arrays.copyOfRange(message, handshake, message.length)))
        .isBetween(MESSAGE_LIMIT.toMillis() / 2, MESSAGE_LIMIT.toMillis() + 2000);
    isWell(Transport.SASL_PLAIN);
  }

  /** Sends {@code slowly} a byte at a time, far too slowly to come to its end. */
  private long millisecondsUntilCut(byte[] atOnce, byte[] slowly) throws Exception {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(atOnce);
      socket.setSoTimeout(40);
      long start = System.nanoTime();
      for (byte one : slowly) {
        try {
          socket.getOutputStream().write(one);
          // Answers of the handshake may come; the end of the stream is what is waited for.
          while (socket.getInputStream().read() >= 0) {
            continue;
          }
          return Duration.ofNanos(System.nanoTime() - start).toMillis();
        } catch (SocketTimeoutException e) {
          continue;
        } catch (SocketException e) {
          return Duration.ofNanos(System.nanoTime() - start).toMillis();
        }
      }
      throw new AssertionError("the whole message was taken in");
    }
  }

  @Test
  void clientThatTakesInNothingIsCutOff() throws Exception {
    start(Transport.NOSASL);
    try (Socket socket = connect()) {
      socket.setReceiveBufferSize(4096);
      byte[] message = join(unknownMethod(), new byte[0]);
      OutputStream out = socket.getOutputStream();
      Thread writer =
          new Thread(
              () -> {
                try {
                  while (true) {
                    out.write(message);
                  }
                } catch (IOException e) {
                  // Cut off, as it should be.
                }
              });
      writer.setDaemon(true);
      writer.start();
      await().atMost(Duration.ofSeconds(60)).until(() -> fixture.gateway.connections() == 0);
      writer.join(10_000);
      assertThat(writer.isAlive()).isFalse();
    }
    isWell(Transport.NOSASL);
  }

  @Test
  void connectionsAreLimited() throws Exception {
    start(Transport.NOSASL);
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < MAX_CONNECTIONS; i++) {
        sockets.add(connect());
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> fixture.gateway.connections() == MAX_CONNECTIONS);
      try (Socket refused = connect()) {
        refused.setSoTimeout(5000);
        assertThat(refused.getInputStream().read()).isNegative();
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> fixture.gateway.connections() == 0);
    isWell(Transport.NOSASL);
  }

  @Test
  void wrongPasswordIsRefusedAndActingAsAnotherToo() throws Exception {
    start(Transport.SASL_PLAIN);
    assertThat(answer(join(PLAIN_START, sasl(5, "\0mallory\0x".getBytes(UTF_8)))))
        .contains("AUTHENTICATION_FAILED: User or password is wrong.");
    assertThat(answer(join(PLAIN_START, sasl(5, "root\0eve\0x".getBytes(UTF_8)))))
        .contains("one user may not act as another");
    assertThat(answer(sasl(1, "GSSAPI".getBytes(UTF_8)))).contains("SASL PLAIN");
    assertThat(answer("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8))).isEmpty();
  }

  private String answer(byte[] bytes) throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(bytes);
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (SocketException e) {
      // Reset: the server closed while bytes were under way.
      return "";
    }
  }

  private void isWell(Transport transport) throws Exception {
    await().atMost(Duration.ofSeconds(60)).until(() -> fixture.gateway.connections() == 0);
    assertThat(fixture.gateway.sessions()).isZero();
    try (RawClient client =
        transport == Transport.NOSASL
            ? RawClient.noSasl(fixture.gateway.port())
            : RawClient.plain(fixture.gateway.port(), "alice")) {
      TSessionHandle session = client.open();
      var operation = client.execute(session, "select 1");
      client.awaitEnd(operation);
      assertThat(RowSets.count(client.next(operation, 10).getResults())).isEqualTo(1);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> fixture.gateway.connections() == 0);
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), fixture.gateway.port());
  }

  private void send(byte[]... parts) throws IOException {
    if (fixture.gateway.connections() >= MAX_CONNECTIONS - 2) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> fixture.gateway.connections() < MAX_CONNECTIONS / 2);
    }
    try (Socket socket = connect()) {
      for (byte[] part : parts) {
        socket.getOutputStream().write(part);
      }
      socket.shutdownOutput();
    } catch (SocketException e) {
      // The server may well have closed before all was sent.
    }
  }

  /** A whole good conversation: handshake, if there is one, and OpenSession. */
  private static byte[] conversation(Transport transport) throws TException {
    TMemoryBuffer buffer = new TMemoryBuffer(512);
    TOpenSessionReq request = new TOpenSessionReq(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11);
    request.setUsername("eve");
    request.setConfiguration(Map.of("set:hiveconf:a", "b", "use:database", "default"));
    new TCLIService.Client(new TBinaryProtocol(buffer)).send_OpenSession(request);
    byte[] call = Arrays.copyOf(buffer.getArray(), buffer.length());
    return transport == Transport.NOSASL
        ? call
        : join(PLAIN_START, PLAIN_USER, ByteBuffer.allocate(4).putInt(call.length).array(), call);
  }

  /** OpenSession with a field that it does not know, of that type and with those bytes. */
  private static byte[] call(byte type, byte[] value) throws TException {
    TMemoryBuffer buffer = new TMemoryBuffer(64);
    TBinaryProtocol protocol = new TBinaryProtocol(buffer);
    protocol.writeMessageBegin(new TMessage("OpenSession", TMessageType.CALL, 1));
    protocol.writeStructBegin(new TStruct("args"));
    protocol.writeFieldBegin(new TField("unknown", type, (short) 99));
    buffer.write(value, 0, value.length);
    return Arrays.copyOf(buffer.getArray(), buffer.length());
  }

  /** OpenSession with settings of that announced number. */
  private static byte[] configuration(int count) throws TException {
    TMemoryBuffer buffer = new TMemoryBuffer(64);
    TBinaryProtocol protocol = new TBinaryProtocol(buffer);
    protocol.writeMessageBegin(new TMessage("OpenSession", TMessageType.CALL, 1));
    protocol.writeFieldBegin(new TField("req", TType.STRUCT, (short) 1));
    protocol.writeFieldBegin(new TField("configuration", TType.MAP, (short) 4));
    byte[] map = ByteBuffer.allocate(6).put(TType.STRING).put(TType.STRING).putInt(count).array();
    buffer.write(map, 0, map.length);
    return Arrays.copyOf(buffer.getArray(), buffer.length());
  }

  private static byte[] unknownMethod() throws TException {
    TMemoryBuffer buffer = new TMemoryBuffer(64);
    TBinaryProtocol protocol = new TBinaryProtocol(buffer);
    protocol.writeMessageBegin(new TMessage("x".repeat(1000), TMessageType.CALL, 1));
    protocol.writeFieldStop();
    return Arrays.copyOf(buffer.getArray(), buffer.length());
  }

  private static byte[] sasl(int status, byte[] payload) {
    return ByteBuffer.allocate(5 + payload.length)
        .put((byte) status)
        .putInt(payload.length)
        .put(payload)
        .array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static long allocatedByConnections() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] ids =
        Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(info -> info != null && info.getThreadName().startsWith("kitsune-connection"))
            .mapToLong(ThreadInfo::getThreadId)
            .toArray();
    return LongStream.of(threads.getThreadAllocatedBytes(ids)).sum();
  }
}
