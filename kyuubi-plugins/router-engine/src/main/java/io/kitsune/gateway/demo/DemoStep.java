// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.demo;

import io.kitsune.router.Engine;
import java.util.Optional;

/** One line of the demo. */
sealed interface DemoStep {
  /** What the line shows, in a few words. */
  String title();

  /**
   * A statement that succeeds.
   *
   * @param engine which has to take it
   * @param sameAnswerAs the title of an earlier step whose rows must come again; empty for none
   */
  record Succeeds(String title, String sql, Engine engine, Optional<String> sameAnswerAs)
      implements DemoStep {
    Succeeds(String title, String sql, Engine engine) {
      this(title, sql, engine, Optional.empty());
    }
  }

  /**
   * A statement that fails as it should.
   *
   * @param mention what the error's message must name
   */
  record Fails(String title, String sql, String mention) implements DemoStep {}

  /**
   * A statement for an engine that not every machine can have.
   *
   * @param start a statement that starts the engine; if that is not possible here, the line says so
   * @param step what succeeds then
   */
  record WhereItCan(String start, Succeeds step) implements DemoStep {
    @Override
    public String title() {
      return step.title();
    }
  }

  /** The migration's switch: from now on the source's name means the target. */
  record Redirect(String title, String source, String target) implements DemoStep {}
}
