// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.secret.SecretReference;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
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
      "The port of this gateway for the servers, where it is another than it listens on, as behind NAT; 0 for the same.")
  @Between(least = 0, most = 65_535)
  @WithDefault("0")
  int advertisedPort();

  @Describe(
      "What this gateway is called where Kyuubi lists engines (kyuubi.engine.id). Default: kitsune-<host>-<port> as advertised.")
  Optional<String> instance();

  @Describe(
      "How the gateway logs in at ZooKeeper, as the servers' kyuubi.ha.zookeeper.engine.auth.type: none; digest with kitsune.discovery.digest; kerberos with kitsune.discovery.kerberos-*; or sasl-digest, DIGEST-MD5 with kitsune.discovery.digest. Default: digest where kitsune.discovery.digest is set.")
  Optional<Login> login();

  @Describe("The principal whose keys are in the keytab.")
  Optional<String> kerberosPrincipal();

  @Describe("The keytab; it must not be readable by others.")
  Optional<Path> kerberosKeytab();

  @Describe("ZooKeeper's principal. Default: zookeeper/<its host>.")
  Optional<String> kerberosServerPrincipal();

  @Describe(
      "Who else may change and delete the entries where the gateway logs in, as ZooKeeper's scheme:id, such as sasl:kyuubi; several with commas between. Needed for Kyuubi's administrators unless its server logs in as the gateway does.")
  Optional<List<String>> administrators();

  @Describe("Where user:password for ZooKeeper stands; only that user may then change the entries.")
  Optional<@WithConverter(SecretReferenceConverter.class) SecretReference> digest();

  @Describe(
      "After how long ZooKeeper takes a silent gateway for dead. A dead entry costs Kyuubi's users 90 s: keep it short.")
  @WithDefault("10s")
  Duration sessionTimeout();

  @Describe("How long to wait for ZooKeeper at start and in each call.")
  @WithDefault("10s")
  Duration timeout();

  /** How to log in at ZooKeeper. */
  enum Login {
    /** Not at all. */
    NONE,
    /** By ZooKeeper's digest scheme. */
    DIGEST,
    /** By SASL with DIGEST-MD5. */
    SASL_DIGEST,
    /** By SASL with Kerberos. */
    KERBEROS
  }
}
