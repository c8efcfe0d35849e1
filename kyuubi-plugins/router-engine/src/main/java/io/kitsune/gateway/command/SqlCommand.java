// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.reading.StatementSplitter;
import io.kitsune.router.reading.StatementSplitter.Piece;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kitsune sql}: statements from the command line, a file, standard input or a prompt. */
@Command(
    name = "sql",
    description = "Runs SQL statements, or opens a prompt.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SqlCommand implements Callable<Integer> {
  private static final Path HISTORY = Path.of(System.getProperty("user.home"), ".kitsune_history");

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private LakeOptions lake;

  @ArgGroup private Source source = new Source();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "How results are printed: ${COMPLETION-CANDIDATES} (default: table).")
  private OutputFormat format = OutputFormat.TABLE;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the operation log (the route and its reason) of every statement.")
  private boolean verbose;

  private static final class Source {
    @Option(
        names = {"-e", "--execute"},
        paramLabel = "STATEMENTS",
        description = "Statements, separated by semicolons.")
    private String text;

    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "A file of statements, UTF-8; - is standard input.")
    private Path file;
  }

  @Override
  public Integer call() throws SQLException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    StatementRunner.LogLines log =
        verbose ? StatementRunner.LogLines.ALWAYS : StatementRunner.LogLines.WHEN_SLOW;
    String script = script();
    try (Endpoint endpoint = Endpoint.of(connection, lake, err);
        Connection client = endpoint.connect();
        StatementRunner runner = new StatementRunner(client, format.printer(out), err, log)) {
      Thread interrupted = new Thread(() -> cancel(runner), "cancel-on-interrupt");
      Runtime.getRuntime().addShutdownHook(interrupted);
      try {
        return script == null
            ? new Prompt(runner, err, HISTORY).run()
            : runAll(runner, StatementSplitter.split(script), err);
      } finally {
        ShutdownHooks.remove(interrupted);
      }
    }
  }

  /** The script to run, or null for the prompt. */
  private String script() throws IOException {
    if (source.text != null) {
      return source.text;
    }
    if (source.file != null && !source.file.toString().equals("-")) {
      try {
        return Files.readString(source.file, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new KitsuneException(
            "CONFIG_VALUE_INVALID",
            "58030",
            "--file %s cannot be read: %s".formatted(source.file, e),
            e);
      }
    }
    if (source.file != null || System.console() == null) {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return null;
  }

  private static int runAll(StatementRunner runner, List<Piece> pieces, PrintWriter err) {
    for (Piece piece : pieces) {
      try {
        runner.run(piece.text());
      } catch (SQLException e) {
        err.println("kitsune: " + ErrorText.of(e));
        if (pieces.size() > 1) {
          err.println("kitsune: in the statement: " + oneLine(piece.text()));
        }
        return ExitCode.FAILED;
      }
    }
    return ExitCode.OK;
  }

  private static void cancel(StatementRunner runner) {
    try {
      runner.cancel();
    } catch (SQLException e) {
      System.err.println(
          "kitsune: the running statement could not be cancelled: " + e.getMessage());
    }
  }

  private static String oneLine(String text) {
    String line = String.join(" ", text.strip().lines().map(String::strip).toList());
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
