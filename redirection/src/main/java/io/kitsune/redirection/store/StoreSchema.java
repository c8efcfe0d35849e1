// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import static java.util.Objects.requireNonNull;

/**
 * A part of the state's database with tables of its own.
 *
 * @param name the schema they are in
 * @param migrations the folder of the class path with Flyway's scripts for them
 * @param what it holds, for errors: {@code redirection store}
 * @param unavailable the code of the error that it cannot be used
 */
public record StoreSchema(String name, String migrations, String what, String unavailable) {
  static final StoreSchema REDIRECTIONS =
      new StoreSchema(
          "kitsune",
          "io/kitsune/redirection/store",
          "redirection store",
          "REDIRECTION_STORE_UNAVAILABLE");

  public StoreSchema {
    requireNonNull(name, "name");
    requireNonNull(migrations, "migrations");
    requireNonNull(what, "what");
    requireNonNull(unavailable, "unavailable");
  }
}
