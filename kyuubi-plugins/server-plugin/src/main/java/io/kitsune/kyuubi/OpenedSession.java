// SPDX-License-Identifier: Apache-2.0
package io.kitsune.kyuubi;

import java.util.Map;

/** A session that is being opened, as Kyuubi's server shows it to an advisor. */
final class OpenedSession {
  static final String CLIENT_ADDRESS = "kyuubi.client.ipAddress";
  static final String CHOSEN_ENGINE = "kitsune.engine";

  /** Empty where the server names none. */
  final String user;

  /** Four or sixteen bytes; none where it is not known. */
  final byte[] client;

  /** Whether the user names one of Kitsune's engines, or auto. */
  final boolean asked;

  private OpenedSession(String user, byte[] client, boolean asked) {
    this.user = user;
    this.client = client;
    this.asked = asked;
  }

  static OpenedSession of(String user, Map<String, String> settings) {
    return new OpenedSession(
        user == null ? "" : user,
        Network.address(settings.get(CLIENT_ADDRESS)),
        settings.containsKey(CHOSEN_ENGINE));
  }
}
