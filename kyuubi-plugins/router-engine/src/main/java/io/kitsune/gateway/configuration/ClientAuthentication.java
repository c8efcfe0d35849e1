// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.authentication.Authenticator;
import io.kitsune.gateway.authentication.TokenSecret;
import io.kitsune.gateway.discovery.DiscoverySettings;
import io.kitsune.gateway.discovery.SecretNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may open a session, by {@code kitsune.authentication.*} and the addresses listened on. */
final class ClientAuthentication {
  private static final int STEP_OF_KEY_LENGTHS = 64;

  private final AuthenticationKeys keys;
  private final FrontendKeys frontend;
  private final RestKeys rest;
  private final Optional<DiscoverySettings> discovery;
  private final RawConfiguration raw;

  ClientAuthentication(
      AuthenticationKeys keys,
      FrontendKeys frontend,
      RestKeys rest,
      Optional<DiscoverySettings> discovery,
      RawConfiguration raw) {
    this.keys = keys;
    this.frontend = frontend;
    this.rest = rest;
    this.discovery = discovery;
    this.raw = raw;
  }

  /**
   * Checks that the keys go together; reads nothing.
   *
   * @throws KitsuneException {@code CONFIG_KEY_MISSING} or {@code CONFIG_VALUE_INVALID}
   */
  void validate() {
    switch (keys.type()) {
      case NONE -> {}
      case PASSWORD_FILE -> passwordFile();
      case KYUUBI_TOKEN -> validateTokens();
    }
  }

  /** As {@link KitsuneConfiguration#authenticator} has it. */
  Authenticator authenticator() {
    return switch (keys.type()) {
      case NONE -> trusting();
      case PASSWORD_FILE -> Authenticator.passwordFile(passwordFile());
      case KYUUBI_TOKEN ->
          Authenticator.kyuubiToken(
              tokenSecret(), keys.kyuubiKeyLength(), keys.kyuubiTokenLifetime());
    };
  }

  private Path passwordFile() {
    return keys.passwordFile().orElseThrow(() -> missing("kitsune.authentication.password-file"));
  }

  private void validateTokens() {
    if (keys.kyuubiSecret().isPresent() == keys.kyuubiSecretNode().isPresent()) {
      throw new KitsuneException(
          "CONFIG_KEY_MISSING",
          "F0000",
          "kyuubi-token needs kitsune.authentication.kyuubi-secret or kitsune.authentication.kyuubi-secret-node, one of them");
    }
    if (keys.kyuubiSecretNode().isPresent() && discovery.isEmpty()) {
      throw missing("kitsune.discovery.quorum");
    }
    if (keys.kyuubiKeyLength() % STEP_OF_KEY_LENGTHS != 0) {
      throw new KitsuneException(
          "CONFIG_VALUE_INVALID",
          "F0000",
          "%s is %d; AES has keys of 128, 192 and 256 bits"
              .formatted(
                  raw.place("kitsune.authentication.kyuubi-key-length"), keys.kyuubiKeyLength()));
    }
  }

  private TokenSecret tokenSecret() {
    Optional<String> node = keys.kyuubiSecretNode();
    return node.isPresent()
        ? SecretNode.open(discovery.orElseThrow(), node.get())
        : keys.kyuubiSecret().orElseThrow()::read;
  }

  private Authenticator trusting() {
    if (frontend.allowUnauthenticatedRemote()) {
      return Authenticator.trustingEverybody();
    }
    requireLoopback("kitsune.frontend.host", frontend.host());
    if (rest.enabled() && rest.host().isPresent()) {
      requireLoopback("kitsune.rest.host", rest.host().get());
    }
    return Authenticator.trustingLoopback();
  }

  private void requireLoopback(String key, String host) {
    if (!onLoopback(key, host)) {
      throw new KitsuneException(
          "AUTHENTICATION_REQUIRED",
          "F0000",
          "%s is %s, which other machines can reach, and nobody is asked for a password: set kitsune.authentication.type to password-file or kyuubi-token, or, if something in front of it authenticates, kitsune.frontend.allow-unauthenticated-remote=true"
              .formatted(raw.place(key), host));
    }
  }

  private boolean onLoopback(String key, String host) {
    try {
      return Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      throw new KitsuneException(
          "CONFIG_VALUE_INVALID",
          "F0000",
          "%s is '%s', which is no address of this machine".formatted(raw.place(key), host),
          e);
    }
  }

  private static KitsuneException missing(String key) {
    return new KitsuneException("CONFIG_KEY_MISSING", "F0000", key + " must be set");
  }
}
