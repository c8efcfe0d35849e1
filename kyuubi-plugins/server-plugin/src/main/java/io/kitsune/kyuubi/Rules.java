// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which sessions the router engine gets, and where it is. Immutable. */
final class Rules {
  static final String ENGINE_TYPE = "kyuubi.engine.type";
  static final String USUAL_SUBDOMAIN = "auto-router";

  /** All sessions, as without a file. */
  static final Rules ALL = new Rules(USUAL_SUBDOMAIN, Collections.<Rule>emptyList());

  /** No session. */
  static final Rules NONE =
      new Rules(
          USUAL_SUBDOMAIN,
          Collections.singletonList(
              new Rule(Rule.Action.KEEP, Collections.<Condition>emptyList())));

  private final List<Rule> rules;
  private final Map<String, String> overlay;

  /**
   * @param subdomain where the router engine is registered
   * @param rules the first that applies decides; where there are some and none applies, Kyuubi
   *     keeps the session
   */
  Rules(String subdomain, List<Rule> rules) {
    this.rules = rules;
    Map<String, String> settings = new LinkedHashMap<>();
    // Kyuubi's list of engine types is closed: the router registers under JDBC, which only
    // wants to have some connection URL.
    settings.put(ENGINE_TYPE, "JDBC");
    settings.put("kyuubi.engine.share.level", "SERVER");
    settings.put("kyuubi.engine.share.level.subdomain", subdomain);
    settings.put("kyuubi.engine.jdbc.connection.url", "kitsune");
    // Else a server with kyuubi.engine.pool.size may look elsewhere than in the sub-domain.
    settings.put("kyuubi.engine.pool.ignoreSubdomain", "false");
    this.overlay = Collections.unmodifiableMap(settings);
  }

  /** What makes the session the router engine's; empty where Kyuubi keeps it. */
  Map<String, String> overlay(OpenedSession session) {
    for (Rule rule : rules) {
      if (rule.applies(session)) {
        return rule.action == Rule.Action.ROUTE ? overlay : Collections.<String, String>emptyMap();
      }
    }
    return rules.isEmpty() ? overlay : Collections.<String, String>emptyMap();
  }

  int size() {
    return rules.size();
  }
}
