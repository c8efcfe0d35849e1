// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * What answers one method of one path.
 *
 * @param path below {@code /api/v1}, with {@code {names}}
 */
record Route(HandlerType method, String path, Audience audience, Handler handler) {
  /** Who may call. */
  enum Audience {
    /** Who says who they are, as the authentication wants it. */
    USERS,
    /** Probes and tools: nothing of anybody's is told. */
    EVERYBODY
  }

  static Route get(String path, Handler handler) {
    return new Route(HandlerType.GET, path, Audience.USERS, handler);
  }

  static Route post(String path, Handler handler) {
    return new Route(HandlerType.POST, path, Audience.USERS, handler);
  }

  static Route delete(String path, Handler handler) {
    return new Route(HandlerType.DELETE, path, Audience.USERS, handler);
  }

  /** One that needs no name. */
  static Route open(String path, Handler handler) {
    return new Route(HandlerType.GET, path, Audience.EVERYBODY, handler);
  }

  /** Whether an address, below {@code /api/v1}, is one of this path's. */
  boolean covers(String address) {
    String[] ours = path.split("/", -1);
    String[] theirs = address.split("/", -1);
    if (ours.length != theirs.length) {
      return false;
    }
    for (int i = 0; i < ours.length; i++) {
      boolean name = ours[i].startsWith("{") && !theirs[i].isEmpty();
      if (!name && !ours[i].equals(theirs[i])) {
        return false;
      }
    }
    return true;
  }
}
