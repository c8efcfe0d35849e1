// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kyuubi.plugin.SessionConfAdvisor;

/**
 * Sends the sessions of a Kyuubi server to the router engine, unless the user named an engine type.
 * Named in {@code kyuubi.session.conf.advisor}; its settings are those of {@link AdvisorSettings}.
 *
 * <p>The server calls it while a client waits for its session: it refuses the session if this
 * throws, and waits without limit if this blocks. So the settings are read once, when the server
 * makes its one instance, and a call only looks at a map. If they cannot be read, sessions get
 * Kyuubi's own engines and the server's log says why. Thread-safe.
 */
public final class KitsuneSessionConfAdvisor implements SessionConfAdvisor {
  private static final Logger LOG = Logger.getLogger(KitsuneSessionConfAdvisor.class.getName());

  static final String ENGINE_TYPE = "kyuubi.engine.type";

  /** Only a batch has it: Kyuubi submits those itself, by their own type. */
  static final String BATCH_ID = "kyuubi.batch.id";

  private final Map<String, String> overlay;

  /** For Kyuubi: settings from its conf folder and the system properties. */
  public KitsuneSessionConfAdvisor() {
    this(readOverlay());
  }

  KitsuneSessionConfAdvisor(Map<String, String> overlay) {
    this.overlay = Collections.unmodifiableMap(new HashMap<>(overlay));
  }

  @Override
  public Map<String, String> getConfOverlay(String user, Map<String, String> sessionConf) {
    try {
      if (sessionConf.containsKey(ENGINE_TYPE) || sessionConf.containsKey(BATCH_ID)) {
        return Collections.emptyMap();
      }
      return overlay;
    } catch (RuntimeException e) {
      // A map of the server's that cannot be asked; whatever it is, the session must open.
      LOG.log(Level.WARNING, "a session of " + user + " stays with Kyuubi's own engines", e);
      return Collections.emptyMap();
    }
  }

  private static Map<String, String> readOverlay() {
    try {
      Map<String, String> overlay =
          AdvisorSettings.read(System.getenv("KYUUBI_CONF_DIR"), System.getProperties()).overlay();
      LOG.log(Level.INFO, "sessions go to the router engine: {0}", overlay);
      return overlay;
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.SEVERE, "sessions stay with Kyuubi's own engines: " + e.getMessage(), e);
      return Collections.emptyMap();
    }
  }
}
