// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.doctor;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;

/**
 * What was found of one thing.
 *
 * @param subject the thing, in a word or two: {@code port}, {@code catalog lake}
 * @param fact how it is
 * @param advice what to do about it; empty where nothing need be done
 */
public record Finding(State state, String subject, String fact, String advice) {
  /** How bad it is. */
  public enum State {
    GOOD,
    /** It works, with less than one might want. */
    NOTE,
    /** A gateway will not start, or statements will fail. */
    BAD
  }

  public Finding {
    requireNonNull(state, "state");
    requireNonNull(subject, "subject");
    requireNonNull(fact, "fact");
    requireNonNull(advice, "advice");
  }

  /** All is well. */
  public static Finding good(String subject, String fact) {
    return new Finding(State.GOOD, subject, fact, "");
  }

  /** Worth knowing. */
  public static Finding note(String subject, String fact, String advice) {
    return new Finding(State.NOTE, subject, fact, advice);
  }

  /** To be mended. */
  public static Finding bad(String subject, String fact, String advice) {
    return new Finding(State.BAD, subject, fact, advice);
  }

  /** An error, whose message says what to do. */
  public static Finding bad(String subject, KitsuneException error) {
    return bad(subject, "[%s] %s".formatted(error.code(), error.getMessage()), "");
  }
}
