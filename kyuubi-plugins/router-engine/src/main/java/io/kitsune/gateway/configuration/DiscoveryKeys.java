// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.secret.SecretReference;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Registration for Kyuubi. */
@Describe("How Kyuubi servers find this gateway. Without a quorum it is not registered.")
public interface DiscoveryKeys {
  @Describe("ZooKeeper's host:port, several with commas between.")
  Optional<String> quorum();

  @Describe("The Kyuubi servers' kyuubi.ha.namespace; several with commas between.")
  @WithDefault("kyuubi")
  List<String> namespaces();

  @Describe("The versions of those servers; several with commas between.")
  @WithDefault("1.12.0")
  List<String> kyuubiVersions();

  @Describe("The operating system's user that runs the Kyuubi servers.")
  @WithDefault("kyuubi")
  String user();

  @Describe("The servers' kyuubi.engine.share.level.subdomain.")
  @WithDefault("auto-router")
  String subdomain();

  @Describe(
      "The name or IPv4 address of this machine for the servers. Default: kitsune.frontend.host.")
  Optional<String> advertisedHost();

  @Describe(
      "Where user:password of ZooKeeper's digest scheme stands; only that user may then change the entries.")
  Optional<@WithConverter(SecretReferenceConverter.class) SecretReference> digest();

  @Describe(
      "After how long ZooKeeper takes a silent gateway for dead. A dead entry costs Kyuubi's users 90 s: keep it short.")
  @WithDefault("10s")
  Duration sessionTimeout();

  @Describe("How long to wait for ZooKeeper at start and in each call.")
  @WithDefault("10s")
  Duration timeout();
}
