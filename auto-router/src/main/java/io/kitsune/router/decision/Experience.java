// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.decision;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.Engine;

/**
 * What past runs say of the model's predictions. It moves engines in the ranking and never makes
 * one eligible. Thread-safe; answers from memory.
 */
@FunctionalInterface
public interface Experience {
  /** Nothing ever ran. */
  Experience NONE = (engine, fingerprint, modelled) -> Correction.NONE;

  /**
   * By what the model's prediction for a statement on that engine is to be multiplied.
   *
   * @param modelled what the model says, without start-up and queue
   */
  Correction of(Engine engine, String fingerprint, Modelled modelled);

  /**
   * A factor on a prediction.
   *
   * @param factor positive
   * @param source what it is known from, in words that follow "predicted"
   */
  record Correction(double factor, String source) {
    /** The model as it is. */
    public static final Correction NONE = new Correction(1, "from the model");

    public Correction {
      requireNonNull(source, "source");
      if (!(factor > 0) || Double.isInfinite(factor)) {
        throw new IllegalArgumentException("a factor is positive: " + factor);
      }
    }
  }

  /**
   * What a model says of a statement on a warm, idle engine.
   *
   * @param nanos in all, positive
   * @param size what most of it is
   */
  record Modelled(double nanos, Size size) {
    public Modelled {
      requireNonNull(size, "size");
      if (!(nanos > 0)) {
        throw new IllegalArgumentException("a statement takes some time: " + nanos);
      }
    }
  }

  /** Constants for what every statement costs and for scanning are wrong in different ways. */
  enum Size {
    /** Mostly what any statement costs. */
    SMALL,
    /** Mostly files, bytes and rows. */
    LARGE
  }
}
