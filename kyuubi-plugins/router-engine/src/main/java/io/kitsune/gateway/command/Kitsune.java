// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.error.KitsuneException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code kitsune}: the command that all others are subcommands of. */
@Command(
    name = "kitsune",
    description = "One Spark SQL endpoint; each statement runs on the engine that suits it.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ServerCommand.class,
      DrainCommand.class,
      SqlCommand.class,
      RouteCommand.class,
      RedirectCommand.class,
      DoctorCommand.class,
      HistoryCommand.class,
      PolicyCommand.class,
      VersionCommand.class,
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all went as it should",
      "1:a statement failed, or the doctor found something to mend",
      "2:the command line or the configuration is wrong",
      "3:no connection, or a server could not be started",
      "130:interrupted"
    })
public final class Kitsune implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs a command line and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(
        commandLine(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(arguments));
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new Kitsune())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (exception, commandLine, parsed) -> report(exception, commandLine));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int exitCode(KitsuneException exception) {
    String code = exception.code();
    if (code.startsWith("CONFIG_")
        || code.equals("AUTHENTICATION_REQUIRED")
        || code.equals("POLICY_INVALID")) {
      return ExitCode.USAGE;
    }
    boolean unreachable =
        exception.sqlState().startsWith("08")
            || code.startsWith("ENGINE_")
            || code.startsWith("GATEWAY_");
    return unreachable ? ExitCode.UNREACHABLE : ExitCode.FAILED;
  }

  /** One line for the user; a stack trace only for what nobody foresaw. */
  private static int report(Exception exception, CommandLine commandLine) {
    PrintWriter err = commandLine.getErr();
    if (exception instanceof KitsuneException kitsune) {
      err.println("kitsune: " + kitsune.getMessage() + " [" + kitsune.code() + "]");
      return exitCode(kitsune);
    }
    if (exception instanceof SQLException sql) {
      err.println("kitsune: " + ErrorText.of(sql));
      boolean connection = sql.getSQLState() != null && sql.getSQLState().startsWith("08");
      return connection ? ExitCode.UNREACHABLE : ExitCode.FAILED;
    }
    err.println("kitsune: unexpected error, please report it:");
    exception.printStackTrace(err);
    return ExitCode.FAILED;
  }
}
