// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.gateway.answer.Answer;
import io.kitsune.gateway.statement.Commands;
import io.kitsune.gateway.statement.Outcome;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement.Use;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * JDBC's {@code getCatalog}, {@code setCatalog}, {@code getSchema} and {@code setSchema}, which
 * Kyuubi's driver sends as statements without text and with a key of Kyuubi's.
 */
final class SessionLocation {
  private static final String KEY = "kyuubi.operation.";
  private static final String SET_CATALOG = KEY + "set.current.catalog";
  private static final String GET_CATALOG = KEY + "get.current.catalog";
  private static final String SET_DATABASE = KEY + "set.current.database";
  private static final String GET_DATABASE = KEY + "get.current.database";

  private SessionLocation() {}

  /** What to do for such a call; empty if it is an ordinary statement. */
  static Optional<Operation.Work> work(
      GatewaySession session, Map<String, String> overlay, Commands commands) {
    if (overlay.containsKey(SET_CATALOG)) {
      return Optional.of(use(session, commands, Use.Kind.CATALOG, overlay.get(SET_CATALOG)));
    } else if (overlay.containsKey(SET_DATABASE)) {
      return Optional.of(use(session, commands, Use.Kind.NAMESPACE, overlay.get(SET_DATABASE)));
    } else if (overlay.containsKey(GET_CATALOG)) {
      return Optional.of(show(session, "TABLE_CAT", SessionState::currentCatalog));
    } else if (overlay.containsKey(GET_DATABASE)) {
      return Optional.of(
          show(session, "TABLE_SCHEM", state -> String.join(".", state.currentNamespace())));
    }
    return Optional.empty();
  }

  private static Operation.Work use(
      GatewaySession session, Commands commands, Use.Kind kind, String name) {
    return control -> {
      Outcome.Answered outcome = commands.use(new Use("", kind, List.of(name)), session.state());
      session.change(outcome.change());
      return new AnswerResult(outcome.answer(), session.encoding(session.state()));
    };
  }

  private static Operation.Work show(
      GatewaySession session, String label, Function<SessionState, String> value) {
    return control ->
        new AnswerResult(
            new Answer(Answer.strings(label), List.of(Answer.row(value.apply(session.state())))),
            session.encoding(session.state()));
  }
}
