// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import java.util.Map;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.server.auth.DigestLoginModule;

/** How ZooKeeper's client logs in by SASL. */
final class SaslLogin {
  private static final String DIGEST = "KitsuneZooKeeperDigest";
  private static final String KERBEROS = "KitsuneZooKeeperKerberos";
  private static final String KERBEROS_MODULE = "com.sun.security.auth.module.Krb5LoginModule";

  private SaslLogin() {}

  /** Without a log-in, whatever the process's own JAAS configuration says. */
  static ZKClientConfig none() {
    ZKClientConfig configuration = new ZKClientConfig();
    configuration.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
    return configuration;
  }

  /** By DIGEST-MD5. Reads the credentials. */
  static ZKClientConfig of(ZooKeeperAccess.SaslDigest access) {
    String[] parts = ZooKeeperAccess.userAndPassword(access.credentials());
    JaasEntries.put(
        DIGEST,
        DigestLoginModule.class.getName(),
        Map.of("username", parts[0], "password", parts[1]));
    ZKClientConfig configuration = named(DIGEST);
    // Which is on by default, and leaves nothing but Kerberos.
    configuration.setProperty("zookeeper.fips-mode", "false");
    return configuration;
  }

  /** By Kerberos, with a keytab. */
  static ZKClientConfig of(ZooKeeperAccess.Kerberos access) {
    JaasEntries.put(
        KERBEROS,
        KERBEROS_MODULE,
        Map.of(
            "useKeyTab", "true",
            "keyTab", access.keytab().toString(),
            "principal", access.principal(),
            "storeKey", "true",
            "useTicketCache", "false",
            "refreshKrb5Config", "true"));
    ZKClientConfig configuration = named(KERBEROS);
    if (!access.serverPrincipal().isEmpty()) {
      configuration.setProperty("zookeeper.server.principal", access.serverPrincipal());
    }
    return configuration;
  }

  private static ZKClientConfig named(String login) {
    ZKClientConfig configuration = new ZKClientConfig();
    configuration.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "true");
    configuration.setProperty(ZKClientConfig.LOGIN_CONTEXT_NAME_KEY, login);
    return configuration;
  }
}
