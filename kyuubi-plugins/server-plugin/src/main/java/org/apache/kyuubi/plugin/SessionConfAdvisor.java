// SPDX-License-Identifier: Apache-2.0
package org.apache.kyuubi.plugin;

import java.util.Collections;
import java.util.Map;

/**
 * The shape of Kyuubi's own interface, to compile against: its jar cannot be had from every Maven
 * mirror. It is left out of the packaged jar, so that Kyuubi's is used.
 */
public interface SessionConfAdvisor {
  /** What the server puts over the configuration of a session that is being opened. */
  default Map<String, String> getConfOverlay(String user, Map<String, String> sessionConf) {
    return Collections.emptyMap();
  }
}
