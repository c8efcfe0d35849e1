// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.concurrent.atomic.AtomicInteger;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.dfa.DFA;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/**
 * What ANTLR has learned about texts it has seen. The generated parser keeps it in static fields
 * that only grow (about 5 kB a state; the TPC queries make 3,900 states, Spark's golden tests
 * 11,000); here it is thrown away when it has grown too large. Thread-safe: a parser that is under
 * way goes on with what it began with.
 */
final class PredictionCache {
  private static final int MAXIMUM_STATES = 20_000;

  /** Counting visits every decision of the grammar, so it is not done for each statement. */
  private static final int STATEMENTS_BETWEEN_COUNTS = 128;

  private final AtomicInteger statements = new AtomicInteger();
  private final int maximumStates;
  private volatile Learned learned = new Learned(SqlBaseParser._ATN);

  PredictionCache() {
    this(MAXIMUM_STATES);
  }

  PredictionCache(int maximumStates) {
    this.maximumStates = maximumStates;
  }

  private record Learned(DFA[] decisions, PredictionContextCache contexts) {
    Learned(ATN grammar) {
      this(new DFA[grammar.getNumberOfDecisions()], new PredictionContextCache());
      for (int i = 0; i < decisions.length; i++) {
        decisions[i] = new DFA(grammar.getDecisionState(i), i);
      }
    }

    int states() {
      int states = 0;
      for (DFA decision : decisions) {
        states += decision.states.size();
      }
      return states;
    }
  }

  /** Lets the parser use and extend what was learned. */
  void attachTo(SqlBaseParser parser) {
    if (statements.incrementAndGet() % STATEMENTS_BETWEEN_COUNTS == 0 && states() > maximumStates) {
      learned = new Learned(SqlBaseParser._ATN);
    }
    Learned current = learned;
    parser.setInterpreter(
        new ParserATNSimulator(
            parser, SqlBaseParser._ATN, current.decisions(), current.contexts()));
  }

  int states() {
    return learned.states();
  }
}
