// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log-ins of ours beside those that the process has. ZooKeeper's client looks for its log-in by
 * name in the one JAAS configuration of the process, so this takes its place and asks the former
 * one for all other names.
 */
final class JaasEntries extends Configuration {
  private static final Logger LOG = LoggerFactory.getLogger(JaasEntries.class);
  private static final Map<String, AppConfigurationEntry> OURS = new ConcurrentHashMap<>();

  private final Optional<Configuration> former;

  private JaasEntries(Optional<Configuration> former) {
    this.former = former;
  }

  /** A log-in by that name from now on; another by the same name is replaced. */
  static synchronized void put(String name, String module, Map<String, String> options) {
    OURS.put(name, new AppConfigurationEntry(module, LoginModuleControlFlag.REQUIRED, options));
    Optional<Configuration> now = current();
    if (now.filter(JaasEntries.class::isInstance).isEmpty()) {
      Configuration.setConfiguration(new JaasEntries(now));
    }
  }

  private static Optional<Configuration> current() {
    try {
      return Optional.of(Configuration.getConfiguration());
    } catch (SecurityException e) {
      // What the JDK says where no file is named.
      LOG.debug("the process has no JAAS configuration of its own", e);
      return Optional.empty();
    }
  }

  @Override
  public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
    AppConfigurationEntry ours = OURS.get(name);
    if (ours != null) {
      return new AppConfigurationEntry[] {ours};
    }
    return former
        .map(configuration -> configuration.getAppConfigurationEntry(name))
        .map(entries -> Arrays.copyOf(entries, entries.length))
        .orElse(null);
  }
}
