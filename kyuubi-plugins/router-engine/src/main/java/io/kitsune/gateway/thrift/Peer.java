// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;

/** Who is at the other end of a connection, as far as the transport knows. */
public record Peer(InetAddress address, Identity identity) {
  public Peer {
    requireNonNull(address, "address");
    requireNonNull(identity, "identity");
  }

  /** What the transport learnt of the user. */
  public sealed interface Identity {
    /** The transport has authenticated the user. */
    record Authenticated(String user) implements Identity {
      public Authenticated {
        requireNonNull(user, "user");
      }
    }

    /** The transport does not authenticate; OpenSession has to. */
    record Unknown() implements Identity {}
  }
}
