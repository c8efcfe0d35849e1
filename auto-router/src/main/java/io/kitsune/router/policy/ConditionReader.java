// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import io.kitsune.router.policy.Condition.Relation;
import io.kitsune.router.policy.grammar.ConditionBaseVisitor;
import io.kitsune.router.policy.grammar.ConditionLexer;
import io.kitsune.router.policy.grammar.ConditionParser;
import io.kitsune.router.policy.grammar.ConditionParser.ValueContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;

/** Reads conditions, and refuses what has no meaning: unknown facts, wrong types, wrong units. */
final class ConditionReader extends ConditionBaseVisitor<Condition> {
  private static final int LONGEST = 10_000;
  private static final int DEEPEST = 200;

  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("B", 1L),
          Map.entry("KB", 1_000L),
          Map.entry("MB", 1_000_000L),
          Map.entry("GB", 1_000_000_000L),
          Map.entry("TB", 1_000_000_000_000L),
          Map.entry("PB", 1_000_000_000_000_000L),
          Map.entry("KiB", 1L << 10),
          Map.entry("MiB", 1L << 20),
          Map.entry("GiB", 1L << 30),
          Map.entry("TiB", 1L << 40),
          Map.entry("PiB", 1L << 50));

  private ConditionReader() {}

  /**
   * The condition that a text says.
   *
   * @throws ConditionError naming place and mistake
   */
  static Condition read(String text) {
    if (text.length() > LONGEST) {
      throw new ConditionError(1, 1, "a condition may have 10,000 characters");
    }
    ConditionLexer lexer = new ConditionLexer(CharStreams.fromString(text));
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    tokens.fill();
    refuseDepth(tokens.getTokens());
    ConditionParser parser = new ConditionParser(tokens);
    parser.removeErrorListeners();
    parser.addErrorListener(Raising.LISTENER);
    return new ConditionReader().visit(parser.condition().expression());
  }

  /** The parser recurses on what opens a level. */
  private static void refuseDepth(List<Token> tokens) {
    long levels =
        tokens.stream()
            .filter(token -> token.getType() == ConditionLexer.NOT || token.getText().equals("("))
            .count();
    if (levels > DEEPEST) {
      throw new ConditionError(1, 1, "a condition may have 200 parentheses and nots");
    }
  }

  @Override
  public Condition visitNegation(ConditionParser.NegationContext context) {
    return new Condition.Not(visit(context.expression()));
  }

  @Override
  public Condition visitConjunction(ConditionParser.ConjunctionContext context) {
    return new Condition.And(visit(context.left), visit(context.right));
  }

  @Override
  public Condition visitDisjunction(ConditionParser.DisjunctionContext context) {
    return new Condition.Or(visit(context.left), visit(context.right));
  }

  @Override
  public Condition visitParenthesised(ConditionParser.ParenthesisedContext context) {
    return visit(context.expression());
  }

  @Override
  public Condition visitKnowledge(ConditionParser.KnowledgeContext context) {
    Condition unknown = new Condition.Unknown(fact(context.fact));
    return context.NOT() == null ? unknown : new Condition.Not(unknown);
  }

  @Override
  public Condition visitFlag(ConditionParser.FlagContext context) {
    if (fact(context.fact) instanceof Fact.Flag flag) {
      return new Condition.Holds(flag);
    }
    throw error(context.fact, context.fact.getText() + " has to be compared with something");
  }

  @Override
  public Condition visitComparison(ConditionParser.ComparisonContext context) {
    Fact fact = fact(context.fact);
    Relation relation = Relation.of(context.operator.getText());
    if (fact instanceof Fact.Numeric numeric) {
      return new Condition.Compares(numeric, relation, number(numeric, context.value()));
    }
    if (fact instanceof Fact.Textual textual
        && (relation == Relation.EQUAL || relation == Relation.UNEQUAL)) {
      Condition equal = new Condition.IsOneOf(textual, List.of(text(textual, context.value())));
      return relation == Relation.EQUAL ? equal : new Condition.Not(equal);
    }
    throw error(context.operator, "%s takes %s".formatted(fact.name(), takes(fact)));
  }

  @Override
  public Condition visitMembership(ConditionParser.MembershipContext context) {
    Fact fact = fact(context.fact);
    if (!(fact instanceof Fact.Textual textual)) {
      throw error(context.IN().getSymbol(), "%s takes %s".formatted(fact.name(), takes(fact)));
    }
    Condition one =
        new Condition.IsOneOf(
            textual, context.value().stream().map(value -> text(textual, value)).toList());
    return context.NOT() == null ? one : new Condition.Not(one);
  }

  @Override
  public Condition visitResemblance(ConditionParser.ResemblanceContext context) {
    Fact fact = fact(context.fact);
    if (!(fact instanceof Fact.Textual textual)) {
      throw error(context.LIKE().getSymbol(), "%s takes %s".formatted(fact.name(), takes(fact)));
    }
    Condition like =
        new Condition.IsLike(textual, new Glob(textual.folded(unquoted(context.pattern))));
    return context.NOT() == null ? like : new Condition.Not(like);
  }

  @Override
  public Condition visitElement(ConditionParser.ElementContext context) {
    Fact fact = fact(context.fact);
    if (fact instanceof Fact.Several several) {
      return new Condition.Has(several, new Glob(several.folded(unquoted(context.pattern))));
    }
    throw error(context.HAS().getSymbol(), "%s takes %s".formatted(fact.name(), takes(fact)));
  }

  private static Fact fact(Token name) {
    return Fact.find(name.getText())
        .orElseThrow(
            () ->
                error(
                    name,
                    "there is no fact %s; there are %s"
                        .formatted(
                            name.getText(),
                            Fact.ALL.stream().map(Fact::name).collect(Collectors.joining(", ")))));
  }

  private static String takes(Fact fact) {
    if (fact instanceof Fact.Numeric) {
      return "=, !=, <, <=, > or >= and a number";
    }
    if (fact instanceof Fact.Textual) {
      return "= 'text', != 'text', in ('text', …) or like 'te*t'";
    }
    return fact instanceof Fact.Several ? "has 'te*t'" : "no comparison: it stands by itself";
  }

  private static long number(Fact.Numeric fact, ValueContext value) {
    Token number = value.number;
    if (number == null) {
      throw error(value.getStart(), fact.name() + " is compared with a number");
    }
    long factor = 1;
    if (value.unit != null) {
      Long known = fact.size() ? UNITS.get(value.unit.getText()) : null;
      if (known == null) {
        throw error(
            value.unit,
            fact.size()
                ? "a unit is one of B, KB, MB, GB, TB, PB, KiB, MiB, GiB, TiB, PiB"
                : fact.name() + " has no unit");
      }
      factor = known;
    }
    try {
      long result = Math.multiplyExact(Long.parseLong(number.getText()), factor);
      if (result > fact.most()) {
        throw error(number, "%s is %d at most".formatted(fact.name(), fact.most()));
      }
      return result;
    } catch (ArithmeticException | NumberFormatException e) {
      throw error(number, "the number is too large");
    }
  }

  private static String text(Fact.Textual fact, ValueContext value) {
    if (value.TEXT() == null) {
      throw error(value.getStart(), fact.name() + " is compared with a text in single quotes");
    }
    String text = unquoted(value.TEXT().getSymbol());
    if (!fact.choices().isEmpty() && !fact.choices().contains(text.toLowerCase(Locale.ROOT))) {
      throw error(
          value.getStart(),
          "%s is one of %s".formatted(fact.name(), String.join(", ", fact.choices())));
    }
    return text;
  }

  private static String unquoted(Token token) {
    String text = token.getText();
    return text.substring(1, text.length() - 1).replace("''", "'");
  }

  private static ConditionError error(Token at, String message) {
    return new ConditionError(at.getLine(), at.getCharPositionInLine() + 1, message);
  }

  /** Ends at the first mistake. */
  private static final class Raising extends BaseErrorListener {
    static final Raising LISTENER = new Raising();

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        Object offendingSymbol,
        int line,
        int charPositionInLine,
        String message,
        RecognitionException e) {
      String found =
          offendingSymbol instanceof Token token && token.getType() != Token.EOF
              ? "'" + token.getText() + "' cannot stand here"
              : "the condition ends too early";
      throw new ConditionError(
          line,
          charPositionInLine + 1,
          found + "; write comparisons such as bytes > 5 TiB, joined by and, or, not");
    }
  }
}
