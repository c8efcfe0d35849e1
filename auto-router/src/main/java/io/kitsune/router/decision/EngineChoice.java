// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.decision;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The engine that the user asks for.
 *
 * @param source where: the hint or the key, for the decision's reason
 */
record EngineChoice(Engine engine, String source) {
  /** The session's key; {@code auto}, its default, leaves the choice to Kitsune. */
  static final String KEY = "kitsune.engine";

  private static final String AUTOMATIC = "auto";

  /** The hint's engine, or else the session's. */
  static Optional<EngineChoice> of(Statement statement, SessionState session) {
    Optional<String> hint =
        statement instanceof Statement.Query query
            ? query.engineHint()
            : statement instanceof Statement.Write write ? write.engineHint() : Optional.empty();
    return hint.isPresent()
        ? parse(hint.get(), "the hint ENGINE(" + hint.get() + ")")
        : session.setting(KEY).flatMap(name -> parse(name, KEY + "=" + name));
  }

  private static Optional<EngineChoice> parse(String name, String source) {
    if (name.isBlank() || name.strip().equalsIgnoreCase(AUTOMATIC)) {
      return Optional.empty();
    }
    Optional<Engine> engine = Engine.parse(name).filter(known -> known != Engine.GATEWAY);
    if (engine.isEmpty()) {
      throw new KitsuneException(
          "ROUTER_ENGINE_UNKNOWN",
          "22023",
          "There is no engine %s, which %s asks for: name one of %s, or %s."
              .formatted(name.strip(), source, names(), AUTOMATIC));
    }
    return Optional.of(new EngineChoice(engine.get(), source));
  }

  private static String names() {
    return Arrays.stream(Engine.values())
        .filter(engine -> engine != Engine.GATEWAY)
        .map(Engine::id)
        .collect(Collectors.joining(", "));
  }
}
