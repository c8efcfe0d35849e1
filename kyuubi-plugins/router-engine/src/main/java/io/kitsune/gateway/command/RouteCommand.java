// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.router.reading.StatementSplitter;
import io.kitsune.router.reading.StatementSplitter.Piece;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kitsune route}: where statements would go, without running them. */
@Command(
    name = "route",
    description = "Shows which engine each statement would run on and why, without running it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RouteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private LakeOptions lake;

  @Option(
      names = {"-e", "--execute"},
      paramLabel = "STATEMENTS",
      description =
          "Statements, separated by semicolons; without it they are read from standard input.")
  private String text;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "How decisions are printed: ${COMPLETION-CANDIDATES} (default: table).")
  private OutputFormat format = OutputFormat.TABLE;

  @Override
  public Integer call() throws SQLException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    String script =
        text != null ? text : new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    try (Endpoint endpoint = Endpoint.of(connection, lake, err);
        Connection client = endpoint.connect();
        StatementRunner runner =
            new StatementRunner(
                client, format.printer(out), err, StatementRunner.LogLines.WHEN_SLOW)) {
      int exitCode = ExitCode.OK;
      for (Piece piece : StatementSplitter.split(script)) {
        try {
          runner.run("EXPLAIN ROUTE " + piece.text());
        } catch (SQLException e) {
          err.println("kitsune: " + ErrorText.of(e));
          exitCode = ExitCode.FAILED;
        }
      }
      return exitCode;
    }
  }
}
