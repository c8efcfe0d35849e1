// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.error.KitsuneException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.HintStatementContext;

/** The hint {@code /*+ ENGINE(name) *}{@code /} in any SELECT of a statement. */
final class EngineHint {
  private static final String NAME = "ENGINE";

  private EngineHint() {}

  /** The engine's name as written, or empty; two that differ are an error. */
  static Optional<String> in(ParserRuleContext root) {
    Optional<String> engine = Optional.empty();
    Deque<ParseTree> pending = new ArrayDeque<>();
    pending.push(root);
    while (!pending.isEmpty()) {
      ParseTree node = pending.pop();
      if (node instanceof HintStatementContext hint
          && Names.text(hint.hintName).equalsIgnoreCase(NAME)) {
        String named = named(hint);
        if (engine.isPresent() && !engine.get().equalsIgnoreCase(named)) {
          throw refused("asks for two engines, %s and %s".formatted(engine.get(), named));
        }
        engine = Optional.of(named);
      }
      for (int i = 0; i < node.getChildCount(); i++) {
        if (node.getChild(i) instanceof ParserRuleContext child) {
          pending.push(child);
        }
      }
    }
    return engine;
  }

  /** The comments in which it stands, whatever other hints are beside it. */
  static List<HintPlace> places(List<Token> words) {
    List<HintPlace> places = new ArrayList<>();
    int start = -1;
    boolean found = false;
    for (Token word : words) {
      if (word.getType() == SqlBaseLexer.HENT_START) {
        start = word.getStartIndex();
        found = false;
      } else if (word.getType() == SqlBaseLexer.HENT_END && found) {
        places.add(new HintPlace(start, word.getStopIndex() + 1));
        found = false;
      } else if (start >= 0 && word.getText().equalsIgnoreCase(NAME)) {
        found = true;
      }
      if (word.getType() == SqlBaseLexer.HENT_END) {
        start = -1;
      }
    }
    return places;
  }

  private static String named(HintStatementContext hint) {
    if (hint.parameters.size() != 1) {
      throw refused("names no engine");
    }
    return hint.parameters.get(0).getText().replace("'", "").replace("`", "");
  }

  private static KitsuneException refused(String problem) {
    return new KitsuneException(
        "ROUTER_ENGINE_HINT_INVALID",
        "42601",
        "The hint ENGINE " + problem + ": write one engine, as in /*+ ENGINE(duckdb) */.");
  }
}
