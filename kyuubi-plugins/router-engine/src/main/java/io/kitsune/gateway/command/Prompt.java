// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.gateway.command.StatementRunner.Outcome;
import io.kitsune.router.reading.StatementSplitter;
import io.kitsune.router.reading.StatementSplitter.Piece;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Statements typed at a terminal, each ended by a semicolon. Ctrl-C drops what was typed, or
 * cancels the statement that runs; Ctrl-D, {@code exit} and {@code quit} end it. What was typed is
 * kept in {@code ~/.kitsune_history}.
 */
final class Prompt {
  private static final Set<String> GOODBYE = Set.of("exit", "quit");

  private final StatementRunner runner;
  private final PrintWriter messages;
  private final Path history;

  /**
   * A prompt.
   *
   * @param history the file of what was typed
   */
  Prompt(StatementRunner runner, PrintWriter messages, Path history) {
    this.runner = runner;
    this.messages = messages;
    this.history = history;
  }

  /** Reads from this process's terminal. */
  int run() throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().name("kitsune").system(true).build()) {
      return run(terminal);
    }
  }

  /** Reads from that terminal until its end, or until told to leave. */
  int run(Terminal terminal) {
    terminal.handle(Terminal.Signal.INT, signal -> cancel());
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("kitsune")
            .parser(new WholeStatements())
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "      -> ")
            .variable(LineReader.HISTORY_FILE, history)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    messages.println("End a statement with ; and the prompt with exit or Ctrl-D.");
    while (true) {
      String typed;
      try {
        typed = reader.readLine("kitsune> ");
      } catch (UserInterruptException dropped) {
        continue;
      } catch (EndOfFileException end) {
        return ExitCode.OK;
      }
      if (isGoodbye(typed)) {
        return ExitCode.OK;
      }
      for (Piece piece : StatementSplitter.split(typed)) {
        run(piece.text());
      }
    }
  }

  private void run(String statement) {
    try {
      Outcome outcome = runner.run(statement);
      double seconds = outcome.time().toMillis() / 1000.0;
      String what =
          outcome.rows() < 0
              ? "done"
              : String.format(
                  Locale.ROOT, "%,d %s", outcome.rows(), outcome.rows() == 1 ? "row" : "rows");
      messages.println(String.format(Locale.ROOT, "%s in %.2f s", what, seconds));
    } catch (SQLException e) {
      messages.println(ErrorText.of(e));
    }
  }

  private void cancel() {
    try {
      runner.cancel();
    } catch (SQLException e) {
      messages.println("the statement could not be cancelled: " + ErrorText.of(e));
    }
  }

  private static boolean isGoodbye(String typed) {
    String word = typed.strip();
    if (word.endsWith(";")) {
      word = word.substring(0, word.length() - 1).strip();
    }
    return GOODBYE.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Lets Enter continue a statement until its semicolon. */
  private static final class WholeStatements implements Parser {
    private final DefaultParser words = new DefaultParser();

    private WholeStatements() {
      // SQL has its own rules for these, which the splitter knows.
      words.setEscapeChars(null);
      words.setQuoteChars(new char[0]);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      if (context == ParseContext.ACCEPT_LINE && !line.isBlank() && !isGoodbye(line)) {
        List<Piece> pieces = StatementSplitter.split(line);
        if (!pieces.isEmpty() && !pieces.get(pieces.size() - 1).terminated()) {
          throw new EOFError(-1, cursor, "a statement ends with ;");
        }
      }
      return words.parse(line, cursor, context);
    }
  }
}
