// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.discovery.DiscoverySettings;
import io.kitsune.gateway.discovery.ZooKeeperAccess;
import java.util.List;
import java.util.Optional;

/** What {@code kitsune.discovery.*} says in words of discovery. */
final class DiscoveryPlace {
  private final DiscoveryKeys keys;
  private final FrontendKeys frontend;
  private final RawConfiguration raw;

  DiscoveryPlace(DiscoveryKeys keys, FrontendKeys frontend, RawConfiguration raw) {
    this.keys = keys;
    this.frontend = frontend;
    this.raw = raw;
  }

  /**
   * Where to register; empty without a quorum.
   *
   * @throws KitsuneException {@code CONFIG_KEY_MISSING} or {@code CONFIG_VALUE_INVALID}
   */
  Optional<DiscoverySettings> settings() {
    return keys.quorum().map(this::settings);
  }

  private DiscoverySettings settings(String quorum) {
    try {
      return new DiscoverySettings(
          quorum,
          keys.namespaces(),
          keys.kyuubiVersions(),
          keys.user(),
          keys.subdomain(),
          access(),
          keys.administrators().orElse(List.of()),
          instance(),
          keys.sessionTimeout(),
          keys.timeout());
    } catch (IllegalArgumentException e) {
      throw new KitsuneException(
          "CONFIG_VALUE_INVALID",
          "F0000",
          raw.place("kitsune.discovery") + ": " + e.getMessage(),
          e);
    }
  }

  private ZooKeeperAccess access() {
    return switch (login()) {
      case NONE -> new ZooKeeperAccess.Open();
      case DIGEST ->
          new ZooKeeperAccess.Digest(required("kitsune.discovery.digest", keys.digest()));
      case SASL_DIGEST ->
          new ZooKeeperAccess.SaslDigest(required("kitsune.discovery.digest", keys.digest()));
      case KERBEROS ->
          new ZooKeeperAccess.Kerberos(
              required("kitsune.discovery.kerberos-principal", keys.kerberosPrincipal()),
              required("kitsune.discovery.kerberos-keytab", keys.kerberosKeytab()),
              keys.kerberosServerPrincipal().orElse(""));
    };
  }

  private DiscoveryKeys.Login login() {
    DiscoveryKeys.Login usual =
        keys.digest().isPresent() ? DiscoveryKeys.Login.DIGEST : DiscoveryKeys.Login.NONE;
    return keys.login().orElse(usual);
  }

  private static <T> T required(String key, Optional<T> value) {
    return value.orElseThrow(
        () -> new KitsuneException("CONFIG_KEY_MISSING", "F0000", key + " must be set"));
  }

  /** What this gateway is called where others show it. */
  String instance() {
    return keys.instance()
        .orElseGet(() -> "kitsune-%s-%d".formatted(host(), port(frontend.port())));
  }

  /** The host to register. */
  String host() {
    return keys.advertisedHost().orElse(frontend.host());
  }

  /** The port to register, of a gateway that listens on that one. */
  int port(int listening) {
    return keys.advertisedPort() == 0 ? listening : keys.advertisedPort();
  }
}
