// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where clients connect. */
@Describe("The address that JDBC drivers, beeline and Kyuubi's server connect to (TCLIService).")
public interface FrontendKeys {
  @Describe("The address to listen on. Another than loopback needs authentication.")
  @WithDefault("127.0.0.1")
  String host();

  @Describe("The port to listen on; 0 takes a free one.")
  @Between(least = 0, most = 65_535)
  @WithDefault("10009")
  int port();

  @Describe(
      "How clients speak before their first call: sasl-plain as drivers do by themselves, or nosasl for auth=noSasl.")
  @WithDefault("sasl-plain")
  Transport transport();

  @Describe(
      "Lets everybody who can reach the port be whoever they say, on an address that other machines can reach. Only where something in front of it authenticates.")
  @WithDefault("false")
  boolean allowUnauthenticatedRemote();

  @Describe("Connections at once; each holds a thread.")
  @Between(least = 1, most = 100_000)
  @WithDefault("500")
  int maxConnections();

  @Describe("The largest request; a longer one closes its connection.")
  @SizeBetween(least = "4KiB", most = "1GiB")
  @WithDefault("16MiB")
  MemorySize maxMessageSize();

  @Describe("How long a client may take from the connection to the end of its authentication.")
  @WithDefault("10s")
  Duration handshakeTimeout();

  @Describe("How long a client may take to send a request, and to take in a piece of an answer.")
  @WithDefault("60s")
  Duration messageTimeout();

  @Describe("How long a connection may be silent.")
  @WithDefault("6h")
  Duration idleTimeout();

  /** How a client speaks before its first call. */
  enum Transport {
    /** User and password come first. */
    SASL_PLAIN,
    /** Calls at once. */
    NOSASL
  }
}
