// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kyuubi.plugin.SessionConfAdvisor;

/**
 * Sends sessions of a Kyuubi server to the router engine: those that the rules in {@code
 * kitsune-advisor.rules} say, all without that file, and never one that names an engine type
 * itself. Named in {@code kyuubi.session.conf.advisor}.
 *
 * <p>The server calls it while a client waits for its session: it refuses the session if this
 * throws, and waits without limit if this blocks. So a call looks at nothing but memory, and
 * whatever goes wrong leaves the session to Kyuubi. Thread-safe.
 */
public final class KitsuneSessionConfAdvisor implements SessionConfAdvisor {
  private static final Logger LOG = Logger.getLogger(KitsuneSessionConfAdvisor.class.getName());

  static final String FILE = "kitsune-advisor.rules";

  /** Only a batch has it: Kyuubi submits those itself, by their own type. */
  static final String BATCH_ID = "kyuubi.batch.id";

  /** A router engine's own session, for an engine that Kyuubi launches for it. */
  static final String HOP = "kitsune.hop";

  private static final long LOOK_MILLIS = 5_000;

  private final WatchedRules rules;

  /** For Kyuubi: rules from its conf folder. */
  public KitsuneSessionConfAdvisor() {
    this(rulesOf(System.getenv("KYUUBI_CONF_DIR")));
  }

  KitsuneSessionConfAdvisor(WatchedRules rules) {
    this.rules = rules;
  }

  @Override
  public Map<String, String> getConfOverlay(String user, Map<String, String> sessionConf) {
    try {
      if (sessionConf.containsKey(Rules.ENGINE_TYPE)
          || sessionConf.containsKey(BATCH_ID)
          || sessionConf.containsKey(HOP)) {
        return Collections.emptyMap();
      }
      return rules.current().overlay(OpenedSession.of(user, sessionConf));
    } catch (Throwable e) {
      // A map of the server's that cannot be asked, a class that went with the jar: whatever it
      // is, the session must open.
      complain("a session stays with Kyuubi's own engines", e);
      return Collections.emptyMap();
    }
  }

  private static WatchedRules rulesOf(String folder) {
    WatchedRules rules = new WatchedRules(Rules.NONE);
    try {
      if (folder == null || folder.isEmpty()) {
        LOG.info("KYUUBI_CONF_DIR is not set: all sessions are routed");
        return new WatchedRules(Rules.ALL);
      }
      Path file = Paths.get(folder, FILE);
      rules = WatchedRules.read(file);
      rules.watch(LOOK_MILLIS);
    } catch (Throwable e) {
      // Kyuubi's server would not start.
      complain("rules are not read again", e);
    }
    return rules;
  }

  private static void complain(String what, Throwable cause) {
    try {
      LOG.log(Level.SEVERE, what, cause);
    } catch (Throwable e) {
      // Without a log there is nobody left to tell.
    }
  }
}
