// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** TCP ports, those of the loopback address first of all, where children listen. */
public final class LoopbackPort {
  /** The address that children bind to. */
  public static final String HOST = "127.0.0.1";

  private static final int CONNECT_MILLIS = 1_000;

  private LoopbackPort() {}

  /** A port that was free a moment ago. */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This port if nobody listens on it, else another free one. */
  public static int freeOrOther(int preferred) {
    try (ServerSocket socket = new ServerSocket(preferred, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      return free();
    }
  }

  /** Whether somebody listens there; waits a second at most. */
  public static boolean answers(int port) {
    return answers(HOST, port);
  }

  /** Whether somebody listens there; waits a second at most. */
  public static boolean answers(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }
}
