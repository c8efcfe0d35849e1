// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import io.kitsune.secret.SecretReference;
import java.nio.file.Path;

/**
 * Who the gateway is to ZooKeeper, and so who may change its entries there: it alone and who has
 * the same credentials, while everybody may read them, as with Kyuubi's own engines.
 */
public sealed interface ZooKeeperAccess {

  /** Nobody; everybody may. Kyuubi's {@code kyuubi.ha.zookeeper.engine.auth.type=NONE}. */
  record Open() implements ZooKeeperAccess {}

  /**
   * A user of the digest scheme, Kyuubi's {@code DIGEST}.
   *
   * @param credentials where {@code user:password} stands
   */
  record Digest(SecretReference credentials) implements ZooKeeperAccess {
    public Digest {
      requireNonNull(credentials, "credentials");
    }
  }

  /**
   * A user of SASL's DIGEST-MD5.
   *
   * @param credentials where {@code user:password} stands
   */
  record SaslDigest(SecretReference credentials) implements ZooKeeperAccess {
    public SaslDigest {
      requireNonNull(credentials, "credentials");
    }
  }

  /**
   * A principal of Kerberos, Kyuubi's {@code KERBEROS}.
   *
   * @param principal whose keys are in the keytab
   * @param keytab absolute
   * @param serverPrincipal ZooKeeper's; empty for {@code zookeeper/<its host>}
   */
  record Kerberos(String principal, Path keytab, String serverPrincipal)
      implements ZooKeeperAccess {
    public Kerberos {
      requireNonNull(keytab, "keytab");
      requireNonNull(serverPrincipal, "serverPrincipal");
      if (principal.isBlank()) {
        throw new IllegalArgumentException("the Kerberos principal is empty");
      }
    }
  }

  /**
   * Reads {@code user:password}.
   *
   * @throws KitsuneException {@code SECRET_UNAVAILABLE} where it is something else; without
   *     repeating it
   */
  static String[] userAndPassword(SecretReference credentials) {
    String[] parts = credentials.read().split(":", 2);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new KitsuneException(
          "SECRET_UNAVAILABLE", "F0000", credentials + " does not hold user:password");
    }
    return parts;
  }
}
