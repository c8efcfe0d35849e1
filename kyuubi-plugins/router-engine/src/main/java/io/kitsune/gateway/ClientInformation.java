// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.gateway.statement.States;
import io.kitsune.router.workload.ClientApplication;
import java.util.Map;

/** What JDBC's {@code Connection.setClientInfo} says of the application. */
final class ClientInformation {
  private static final String APPLICATION = "ApplicationName";

  private ClientInformation() {}

  /** Keeps the application's name, unless the connection named it already. */
  static void keep(Map<String, String> information, GatewaySession session) {
    String name = information.getOrDefault(APPLICATION, "");
    if (name != null && !name.isBlank()) {
      session.change(
          state ->
              state.setting(ClientApplication.KEY).isPresent()
                  ? state
                  : States.with(state, Map.of(ClientApplication.KEY, name.strip())));
    }
  }
}
