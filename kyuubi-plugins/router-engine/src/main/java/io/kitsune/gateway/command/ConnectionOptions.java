// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.error.KitsuneException;
import io.kitsune.secret.SecretReference;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Which server a client command talks to; without {@code --url}, a lake of its own. */
final class ConnectionOptions {
  @Option(
      names = "--url",
      paramLabel = "JDBC_URL",
      description =
          "A running server: jdbc:kyuubi://HOST:PORT/DATABASE. Without it, the lake under --home is opened in this process.")
  String url;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "NAME",
      description = "The user to connect as (default: the operating system's user).",
      defaultValue = "${sys:user.name}")
  String user;

  @Option(
      names = "--password",
      paramLabel = "REFERENCE",
      description =
          "Where the password stands: env:NAME or file:/PATH. A password itself is never an argument: every user of the machine can read those.")
  String passwordReference;

  /** The endpoint, where {@code --url} names one. */
  RemoteEndpoint remote() {
    return new RemoteEndpoint(url, user, password());
  }

  private String password() {
    if (passwordReference == null) {
      return "";
    }
    String lower = passwordReference.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("env:") && !lower.startsWith("file:")) {
      // The value itself is not repeated: it may be the password.
      throw new KitsuneException(
          "CONFIG_VALUE_INVALID",
          "F0000",
          "--password takes a reference, env:NAME or file:/PATH, never the password itself");
    }
    return SecretReference.parse(passwordReference).read();
  }
}
