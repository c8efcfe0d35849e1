// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.thrift;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import org.apache.kyuubi.shaded.thrift.TConfiguration;
import org.apache.kyuubi.shaded.thrift.transport.TSaslClientTransport;
import org.apache.kyuubi.shaded.thrift.transport.TSocket;
import org.apache.kyuubi.shaded.thrift.transport.TTransport;
import org.apache.kyuubi.shaded.thrift.transport.TTransportException;

/**
 * A Thrift server and how to be let in.
 *
 * @param authentication how it lets clients in
 * @param answer how long an answer may take
 */
public record ThriftAddress(String host, int port, Authentication authentication, Duration answer) {
  /** Thrift's own limit, 100 MB, is less than some row sets of a single row. */
  private static final int MESSAGE_BYTES = 512 << 20;

  private static final int CONNECT_MILLIS = 10_000;

  public ThriftAddress {
    requireNonNull(host, "host");
    requireNonNull(authentication, "authentication");
    requireNonNull(answer, "answer");
  }

  /**
   * Connects and logs in as that user, and leaves again.
   *
   * @throws TTransportException why that cannot be done
   */
  public void tryLogin(String user) throws TTransportException {
    connect(user).close();
  }

  /** An open connection for that user. */
  ThriftConnection connect(String user) throws TTransportException {
    TConfiguration limits =
        new TConfiguration(MESSAGE_BYTES, MESSAGE_BYTES, TConfiguration.DEFAULT_RECURSION_DEPTH);
    TTransport transport =
        authenticated(
            new TSocket(limits, host, port, Math.toIntExact(answer.toMillis()), CONNECT_MILLIS),
            user);
    transport.open();
    return new ThriftConnection(transport);
  }

  private TTransport authenticated(TSocket socket, String user) throws TTransportException {
    if (authentication instanceof Authentication.Plain plain) {
      try {
        return new TSaslClientTransport(
            "PLAIN",
            null,
            null,
            null,
            Map.of(),
            callbacks -> answer(callbacks, user, plain.password()),
            socket);
      } catch (IOException e) {
        throw new TTransportException(e);
      }
    }
    return socket;
  }

  private static void answer(Callback[] callbacks, String user, String password) {
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback name) {
        name.setName(user);
      } else if (callback instanceof PasswordCallback secret) {
        secret.setPassword(password.toCharArray());
      }
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
