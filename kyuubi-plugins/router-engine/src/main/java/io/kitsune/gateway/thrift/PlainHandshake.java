// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.authentication.Authenticator;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.apache.kyuubi.shaded.thrift.transport.TTransport;
import org.apache.kyuubi.shaded.thrift.transport.TTransportException;

/**
 * The server's side of SASL PLAIN (RFC 4616) in Thrift's negotiation messages: a status byte, a
 * length of four bytes, a payload. The JDK has no PLAIN server, and Thrift's own transport
 * allocates whatever length a stranger announces.
 */
final class PlainHandshake {
  private static final String MECHANISM = "PLAIN";

  /** RFC 4616 allows 255 characters for each of the three parts; a token may be longer. */
  private static final int LARGEST_PAYLOAD_BYTES = 64 << 10;

  private static final byte START = 1;
  private static final byte OK = 2;
  private static final byte BAD = 3;
  private static final byte ERROR = 4;
  private static final byte COMPLETE = 5;

  private final TTransport transport;
  private final Authenticator authenticator;
  private final InetAddress client;

  PlainHandshake(TTransport transport, Authenticator authenticator, InetAddress client) {
    this.transport = transport;
    this.authenticator = authenticator;
    this.client = client;
  }

  /**
   * Reads the user and the password and tells the client the outcome.
   *
   * @return the authenticated user's name
   * @throws TTransportException if the client is no SASL client, or is not let in
   */
  String run() throws TTransportException {
    Message start = receive();
    String mechanism = new String(start.payload(), UTF_8);
    if (start.status() != START || !mechanism.equals(MECHANISM)) {
      throw refuse(ERROR, "Kitsune speaks SASL PLAIN here; use auth=plain, or user and password");
    }
    Message credentials = receive();
    // COMPLETE from a client that thinks it has nothing more to send after its first response.
    if (credentials.status() != OK && credentials.status() != COMPLETE) {
      throw refuse(ERROR, "The client broke off the SASL PLAIN handshake");
    }
    String user = authenticate(credentials.payload());
    send(COMPLETE, new byte[0]);
    return user;
  }

  private String authenticate(byte[] payload) throws TTransportException {
    String text = decode(payload);
    int first = text.indexOf('\0');
    int second = text.indexOf('\0', first + 1);
    if (first < 0 || second < 0 || text.indexOf('\0', second + 1) >= 0) {
      throw refuse(BAD, "The SASL PLAIN message has not three parts");
    }
    String actingAs = text.substring(0, first);
    String user = text.substring(first + 1, second);
    if (!actingAs.isEmpty() && !actingAs.equals(user)) {
      throw refuse(BAD, "AUTHENTICATION_FAILED: one user may not act as another");
    }
    try {
      return authenticator.authenticate(user, text.substring(second + 1), client);
    } catch (KitsuneException e) {
      throw refuse(BAD, e.code() + ": " + e.getMessage());
    }
  }

  private String decode(byte[] payload) throws TTransportException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException e) {
      throw refuse(BAD, "The SASL PLAIN message is not UTF-8");
    } finally {
      Arrays.fill(payload, (byte) 0);
    }
  }

  private Message receive() throws TTransportException {
    byte[] header = new byte[5];
    transport.readAll(header, 0, header.length);
    int length = ByteBuffer.wrap(header, 1, 4).getInt();
    if (header[0] < START || header[0] > COMPLETE) {
      throw new TTransportException(
          TTransportException.CORRUPTED_DATA, "no SASL client: status " + header[0]);
    }
    if (length < 0 || length > LARGEST_PAYLOAD_BYTES) {
      throw refuse(ERROR, "A SASL message of %d bytes is too long".formatted(length));
    }
    byte[] payload = new byte[length];
    transport.readAll(payload, 0, length);
    return new Message(header[0], payload);
  }

  private TTransportException refuse(byte status, String reason) throws TTransportException {
    send(status, reason.getBytes(UTF_8));
    return new TTransportException(TTransportException.NOT_OPEN, reason);
  }

  private void send(byte status, byte[] payload) throws TTransportException {
    byte[] header = ByteBuffer.allocate(5).put(status).putInt(payload.length).array();
    transport.write(header, 0, header.length);
    transport.write(payload, 0, payload.length);
    transport.flush();
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared; made and used in this class alone.
  private record Message(byte status, byte[] payload) {}
}
