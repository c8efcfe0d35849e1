// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import java.util.Optional;

/** An engine of Kyuubi's that statements are relayed to. */
public enum KyuubiEngine {
  /** {@code SPARK_SQL}. */
  SPARK(Engine.SPARK, "SPARK_SQL", "Spark", "spark.");

  private final Engine engine;
  private final String type;
  private final String title;
  private final String keys;

  KyuubiEngine(Engine engine, String type, String title, String keys) {
    this.engine = engine;
    this.type = type;
    this.title = title;
    this.keys = keys;
  }

  /** As the router knows it. */
  public Engine engine() {
    return engine;
  }

  /** As {@code kyuubi.engine.type} has it. */
  String type() {
    return type;
  }

  /** As people call it. */
  String title() {
    return title;
  }

  /** What its own configuration keys begin with. */
  String keys() {
    return keys;
  }

  /** The statement's text, if it is for this engine. */
  String text(Dispatch dispatch) {
    Optional<String> text =
        dispatch instanceof Dispatch.SparkStatement statement
            ? Optional.of(statement.text())
            : Optional.empty();
    return text.orElseThrow(
        () ->
            new KitsuneException(
                "ENGINE_WRONG_DISPATCH",
                "XX000",
                "Kyuubi's %s was sent a %s; it takes %s statements only."
                    .formatted(title, dispatch.getClass().getSimpleName(), title)));
  }
}
