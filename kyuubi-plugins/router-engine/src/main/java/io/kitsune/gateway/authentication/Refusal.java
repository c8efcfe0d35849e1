// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.authentication;

import io.kitsune.error.KitsuneException;

/** The one answer to everybody who may not come in: it tells nothing about what was wrong. */
final class Refusal {
  private static final String INVALID_AUTHORIZATION = "28000";

  private Refusal() {}

  static KitsuneException of() {
    return new KitsuneException(
        Authenticator.FAILED,
        INVALID_AUTHORIZATION,
        "user or password is wrong, or this address is not allowed in; check them, or ask the"
            + " operator of the gateway");
  }
}
