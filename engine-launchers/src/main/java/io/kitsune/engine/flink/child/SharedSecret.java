// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink.child;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;
import org.apache.flink.runtime.io.network.netty.OutboundChannelHandlerFactory;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandler;

/**
 * Lets nobody into the REST servers of the SQL Gateway and of the cluster but the gateway that
 * started them, and the SQL Gateway into the cluster: whoever may call them runs code as the
 * gateway's user, and other users of the machine reach the loopback address too.
 */
public final class SharedSecret
    implements InboundChannelHandlerFactory, OutboundChannelHandlerFactory {
  /** The system property with the secret; cleared on first use, before any statement runs. */
  public static final String PROPERTY = "kitsune.flink.secret";

  /** The HTTP header that carries it. */
  public static final String HEADER = "x-kitsune-secret";

  private static final String SECRET = taken();

  /** For Flink's service loader. */
  public SharedSecret() {}

  private static String taken() {
    String secret = System.getProperty(PROPERTY, "");
    System.clearProperty(PROPERTY);
    return secret;
  }

  /** Takes the secret, before anybody else could. */
  static void take() {
    if (SECRET.isEmpty()) {
      throw new IllegalStateException("There is no secret to share with the gateway");
    }
  }

  static String secret() {
    return SECRET;
  }

  static boolean matches(String given) {
    return given != null
        && MessageDigest.isEqual(
            SECRET.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Optional<ChannelHandler> createHandler(
      Configuration configuration, Map<String, String> responseHeaders) {
    return Optional.of(new SecretCheck());
  }

  @Override
  public Optional<ChannelHandler> createHandler(Configuration configuration) {
    return Optional.of(new SecretHeader());
  }
}
