// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kitsune.router.Engine;
import io.kitsune.router.decision.CostModel;
import io.kitsune.router.decision.Experience;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Corrects the cost model by how long statements took in warm engines. What is learned is the ratio
 * of the time taken to the time modelled, so that it holds for other constants and grown tables,
 * too: of the same statement on the same engine, or, of one that never ran there, of other
 * statements of its size.
 *
 * <p>The typical ratio is a median, which a run on a busy machine does not move. It counts by the
 * weight of its runs against a fixed weight of the model, and a run's weight halves with every
 * half-life: an engine that was slow once is tried again when that has faded, and once only if it
 * is still slow.
 *
 * <p>Of this process, loaded from the history when it starts. Bounded; thread-safe.
 */
public final class LearnedCosts implements Experience {
  private static final long MOST_STATEMENTS = 20_000;

  /** The model's weight against runs of the same statement: one run says more than the model. */
  private static final double MODEL_AGAINST_STATEMENT = 0.5;

  /** A statement is seldom further from the model than this; a bound against absurd figures. */
  private static final double MOST_OF_STATEMENT = Math.log(1_000);

  private final CostModel model;
  private final Duration halfLife;
  private final Clock clock;
  private final Cache<Place, Ratios> statements =
      Caffeine.newBuilder().maximumSize(MOST_STATEMENTS).executor(Runnable::run).build();
  private final Map<Engine, Map<Size, GeneralRatio>> general = new EnumMap<>(Engine.class);

  private record Place(Engine engine, String fingerprint) {}

  /**
   * Knows nothing yet.
   *
   * @param halfLife of a run's weight
   */
  public LearnedCosts(CostModel model, Duration halfLife, Clock clock) {
    this.model = requireNonNull(model, "model");
    this.halfLife = requireNonNull(halfLife, "halfLife");
    this.clock = requireNonNull(clock, "clock");
    if (halfLife.toMillis() < 1) {
      throw new IllegalArgumentException("a half-life is positive: " + halfLife);
    }
    for (Engine engine : model.engines().keySet()) {
      Map<Size, GeneralRatio> sizes = new EnumMap<>(Size.class);
      for (Size size : Size.values()) {
        sizes.put(size, new GeneralRatio(halfLife));
      }
      general.put(engine, sizes);
    }
  }

  /** Learns from runs, the oldest first. */
  public void addAll(List<MeasuredRun> runs) {
    runs.forEach(this::add);
  }

  /** Learns from a run. */
  public void add(MeasuredRun run) {
    if (!model.engines().containsKey(run.engine())) {
      return;
    }
    Modelled modelled =
        model.engines().get(run.engine()).modelled(run.bytes(), run.rows(), run.files());
    double logRatio =
        bounded(Math.log(Math.max(1, run.took().toNanos()) / modelled.nanos()), MOST_OF_STATEMENT);
    long at = run.at().toEpochMilli();
    Ratios ratios =
        statements
            .asMap()
            .merge(
                new Place(run.engine(), run.fingerprint()),
                Ratios.of(logRatio, at, halfLife),
                (before, newest) -> before.with(logRatio, at));
    if (run.files() > 0) {
      general
          .get(run.engine())
          .get(modelled.size())
          .put(run.fingerprint(), ratios.typical(), ratios.newest());
    }
  }

  @Override
  public Correction of(Engine engine, String fingerprint, Modelled modelled) {
    long now = clock.millis();
    GeneralRatio others = general.get(engine).get(modelled.size());
    double otherwise = others.logFactor(now);
    Optional<Ratios> own =
        Optional.ofNullable(statements.getIfPresent(new Place(engine, fingerprint)));
    if (own.isEmpty()) {
      return new Correction(Math.exp(otherwise), others.source());
    }
    double weight = own.get().weight(now);
    double share = weight / (weight + MODEL_AGAINST_STATEMENT);
    double factor = Math.exp(share * own.get().typical() + (1 - share) * otherwise);
    String runs = own.get().count() == 1 ? "1 run" : own.get().count() + " runs";
    return new Correction(
        factor,
        share >= 0.5
            ? "from " + runs + " of this statement"
            : others.source() + ", and " + runs + " of this statement long ago");
  }

  static double bounded(double value, double bound) {
    return Math.max(-bound, Math.min(bound, value));
  }
}
