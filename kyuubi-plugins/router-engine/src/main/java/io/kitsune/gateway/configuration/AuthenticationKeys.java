// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.secret.SecretReference;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Who may connect. */
@Describe("Who may open a session.")
public interface AuthenticationKeys {
  @Describe(
      "none takes every user at their word; password-file asks for the password of kitsune.authentication.password-file; kyuubi-token lets in nobody but Kyuubi's servers that have kyuubi.engine.security.enabled=true.")
  @WithDefault("none")
  Type type();

  @Describe(
      "One user:hash on each line, the hash made by 'htpasswd -nB USER' or another bcrypt program. Must not be readable by everybody. Read again when it changes.")
  Optional<Path> passwordFile();

  @Describe(
      "For kyuubi-token: where the servers' kyuubi.engine.security.secret.provider.simple.secret stands. Read again for each connection.")
  Optional<@WithConverter(SecretReferenceConverter.class) SecretReference> kyuubiSecret();

  @Describe(
      "Or their kyuubi.ha.zookeeper.engine.secure.secret.node, in the ZooKeeper of kitsune.discovery.quorum. Watched.")
  Optional<String> kyuubiSecretNode();

  @Describe(
      "The servers' kyuubi.engine.security.crypto.keyLength, in bits; their cipher must be the usual AES/CBC/PKCS5PADDING.")
  @Between(least = 128, most = 256)
  @WithDefault("128")
  int kyuubiKeyLength();

  @Describe(
      "How old a token may be, whatever it says itself. The servers make a new one for each session.")
  @WithDefault("10m")
  Duration kyuubiTokenLifetime();

  /** How users show who they are. */
  enum Type {
    /** Not at all. */
    NONE,
    /** By a password. */
    PASSWORD_FILE,
    /** By a token that only Kyuubi's servers can make. */
    KYUUBI_TOKEN
  }
}
