// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.router.SessionState;
import org.apache.iceberg.Snapshot;

/**
 * The property in an Iceberg snapshot's summary that names the session which committed it.
 * Iceberg's writes in Spark take properties from the session's configuration ({@code
 * spark.sql.iceberg.snapshot-property.}; not so a DELETE that only drops whole files).
 */
record SnapshotMark(String session) {
  private static final String PROPERTY = "kitsune-session";
  private static final String KEY = "spark.sql.iceberg.snapshot-property." + PROPERTY;

  /** The statement that has Spark's session mark its snapshots. */
  String sparkStatement() {
    return "SET `%s`=`%s`".formatted(KEY, session);
  }

  /** Whether the session committed it. */
  boolean isOn(Snapshot snapshot) {
    return session.equals(snapshot.summary().get(PROPERTY));
  }

  /** Whether the user has set a mark of their own. */
  static boolean overridden(SessionState state) {
    return state.setting(KEY).isPresent();
  }
}
