// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What a statement is a part of, which policies go by.
 *
 * @param reason what says so, in words
 */
public record Workload(Type type, String reason) {
  /** Of what could not be decided, or needs no engine. */
  public static final Workload NONE = new Workload(Type.EXPLORATION, "nothing is known of it");

  public Workload {
    requireNonNull(type, "type");
    requireNonNull(reason, "reason");
  }

  /** Kinds of work. */
  public enum Type {
    /** Runs until it is stopped. */
    CONTINUOUS,
    /** Adds or changes rows. */
    BATCH_WRITE,
    /** Makes, changes or keeps up tables, views and the like. */
    MAINTENANCE,
    /** Somebody, or a dashboard, waits for it: small, cut off, or asked again and again. */
    INTERACTIVE,
    /** Any other query. */
    EXPLORATION;

    /** As users write it: {@code batch_write}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
