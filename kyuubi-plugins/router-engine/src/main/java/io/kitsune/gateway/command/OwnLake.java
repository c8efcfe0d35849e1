// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.assembly.RouterEngine;
import io.kitsune.gateway.authentication.Authenticator;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A router engine in this process, for this process alone: it listens on a free loopback port, and
 * only who knows a password made for the occasion gets in.
 */
final class OwnLake implements Endpoint {
  private final RouterEngine engine;
  private final RemoteEndpoint client;
  private final ProgressLine progress;

  private OwnLake(RouterEngine engine, RemoteEndpoint client, ProgressLine progress) {
    this.engine = engine;
    this.client = client;
    this.progress = progress;
  }

  static OwnLake open(LakeOptions options, PrintWriter err) {
    ProgressLine progress = new ProgressLine(err);
    String user = System.getProperty("user.name");
    String password = HexFormat.of().formatHex(randomBytes());
    KitsuneConfiguration configuration =
        options.load(
            Map.of(
                "kitsune.frontend.host", "127.0.0.1",
                "kitsune.frontend.port", "0",
                "kitsune.rest.enabled", "false",
                // Its one client's first statement comes at once.
                "kitsune.warm-up", "false"));
    Logging.start(configuration.home(), Logging.Console.ERROR);
    RouterEngine engine =
        RouterEngine.start(configuration, StatementListener.NONE, progress, only(user, password));
    progress.close();
    return new OwnLake(
        engine,
        new RemoteEndpoint("jdbc:kyuubi://127.0.0.1:" + engine.port() + "/default", user, password),
        progress);
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static Authenticator only(String user, String password) {
    byte[] expected = password.getBytes(StandardCharsets.UTF_8);
    return (name, given, client) -> {
      if (!MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
        throw new KitsuneException(
            "AUTHENTICATION_FAILED", "28000", "this lake belongs to another process");
      }
      return user;
    };
  }

  @Override
  public Connection connect() throws SQLException {
    return client.connect();
  }

  @Override
  public void close() {
    engine.close();
    progress.close();
  }
}
