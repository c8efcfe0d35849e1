// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Statement.Flink;
import io.kitsune.router.Statement.Flink.Effect;
import io.kitsune.router.Statement.TableReference;
import io.kitsune.router.reading.Grammar;
import io.kitsune.router.reading.StatementReader;
import io.kitsune.router.resolution.Resolver;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads statements, those for Flink among them: Flink's own forms, those that name one of its
 * tables, and all that the user sends there.
 */
final class FlinkReading {
  private static final String KEY = "kitsune.engine";
  private static final String TOO_LARGE = "54001";
  private static final Set<String> NAMELESS = Set.of("SHOW JOBS", "STOP JOB");

  private final StatementReader reader;
  private final Resolver resolver;
  private final FlinkTables tables;

  FlinkReading(StatementReader reader, Resolver resolver, FlinkTables tables) {
    this.reader = reader;
    this.resolver = resolver;
    this.tables = tables;
  }

  /**
   * Reads a statement; one that is Flink's is {@link Statement.Flink}.
   *
   * @throws KitsuneException {@code PARSE_…} for a text that is neither Spark's nor sent to Flink;
   *     {@code FLINK_SYNTAX_ERROR} for one of Flink's that Flink's grammar does not have
   */
  Statement read(String text, SessionState session) {
    boolean asked =
        session.setting(KEY).map(name -> Engine.parse(name)).orElse(Optional.empty()).stream()
            .anyMatch(engine -> engine == Engine.FLINK);
    Statement read;
    try {
      read = reader.read(text, Grammar.of(session.configuration()));
    } catch (KitsuneException e) {
      if (asked && e.code().startsWith("PARSE_") && !e.sqlState().equals(TOO_LARGE)) {
        // Not Spark's: whether it is Flink's, its grammar says.
        String statement = withoutSemicolon(text);
        return new Flink(statement, KEY + "=flink", tables.named(statement));
      }
      throw e;
    }
    if (read instanceof Flink flink) {
      return NAMELESS.contains(flink.construct())
          ? flink
          : new Flink(flink.text(), flink.construct(), flink.effect(), tables.named(flink.text()));
    }
    if (ofGateway(read)) {
      return read;
    }
    Optional<String> reason = asked ? Optional.of(KEY + "=flink") : reason(read, session);
    return reason.isEmpty()
        ? read
        : new Flink(read.text(), reason.get(), effect(read), read.tables());
  }

  private static Effect effect(Statement read) {
    return read instanceof Statement.Query || read instanceof Statement.Command
        ? Effect.NONE
        : Effect.POSSIBLE;
  }

  private static String withoutSemicolon(String text) {
    String statement = text.strip();
    return statement.endsWith(";")
        ? statement.substring(0, statement.length() - 1).stripTrailing()
        : statement;
  }

  private Optional<String> reason(Statement read, SessionState session) {
    Optional<String> hint =
        read instanceof Statement.Query query
            ? query.engineHint()
            : read instanceof Statement.Write write ? write.engineHint() : Optional.empty();
    if (hint.isPresent()) {
      return hint.filter(name -> Engine.parse(name).equals(Optional.of(Engine.FLINK)))
          .map(name -> "hint ENGINE(" + name.toLowerCase(Locale.ROOT) + ")");
    }
    for (TableReference reference : read.tables()) {
      if (tables.has(reference.parts()) && !resolver.known(reference, session)) {
        return Optional.of("table " + String.join(".", reference.parts()));
      }
    }
    return Optional.empty();
  }

  /** What steers the session is the gateway's whatever the engine. */
  private static boolean ofGateway(Statement read) {
    return read instanceof Statement.Use
        || read instanceof Statement.SetKey
        || read instanceof Statement.ShowSettings
        || read instanceof Statement.Reset
        || read instanceof Statement.ShowRedirections
        || read instanceof Statement.ShowEngines
        || read instanceof Statement.ExplainRoute;
  }
}
