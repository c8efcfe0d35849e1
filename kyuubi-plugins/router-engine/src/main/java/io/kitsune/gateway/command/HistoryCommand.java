// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.history.HistoryEntry;
import io.kitsune.router.history.HistoryFilter;
import io.kitsune.router.history.HistoryStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.h2.tools.SimpleResultSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kitsune history}: what became of statements. */
@Command(
    name = "history",
    description = "Shows the statements that engines ran, as far as they are kept.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = HistoryCommand.ListAll.class)
final class HistoryCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private LakeOptions lake;

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }

  /** {@code history list}. */
  @Command(
      name = "list",
      description = "Lists statements, the newest first.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @ParentCommand private HistoryCommand parent;

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 50;

    @Option(names = "--user", paramLabel = "NAME", description = "Only those of a user.")
    private String user;

    @Option(
        names = "--engine",
        paramLabel = "ENGINE",
        description = "Only those of an engine: ${COMPLETION-CANDIDATES}.")
    private Engine engine;

    @Option(
        names = "--fingerprint",
        paramLabel = "DIGITS",
        description = "Only those that differ in constants at most.")
    private String fingerprint;

    @Option(
        names = "--hours",
        paramLabel = "N",
        description = "Only those of the last so many hours.")
    private Integer hours;

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public Integer call() throws SQLException {
      if (limit < 1) {
        throw new KitsuneException(
            "CONFIG_VALUE_INVALID",
            "F0000",
            "--limit is %d; it must be 1 or more".formatted(limit));
      }
      HistoryFilter filter =
          new HistoryFilter(
              limit,
              Optional.ofNullable(hours)
                  .map(count -> Clock.systemUTC().instant().minus(Duration.ofHours(count))),
              Optional.ofNullable(user),
              Optional.ofNullable(engine),
              Optional.ofNullable(fingerprint));
      List<HistoryEntry> entries;
      try (HistoryStore store = HistoryStore.open(parent.lake.load().redirectionStore())) {
        entries = store.list(filter);
      }
      try (ResultSet rows = rows(entries)) {
        format.printer(spec.commandLine().getOut()).print(rows);
      }
      return ExitCode.OK;
    }
  }

  private static ResultSet rows(List<HistoryEntry> entries) {
    SimpleResultSet rows = new SimpleResultSet();
    // Else it forgets its columns behind the last row.
    rows.setAutoClose(false);
    for (String text : List.of("time", "user", "client", "workload", "engine")) {
      rows.addColumn(text, Types.VARCHAR, 0, 0);
    }
    for (String number :
        List.of("predicted_ms", "elapsed_ms", "engine_ms", "scanned_bytes", "rows")) {
      rows.addColumn(number, Types.BIGINT, 0, 0);
    }
    for (String text :
        List.of("end", "failed_attempts", "real_user", "address", "fingerprint", "text")) {
      rows.addColumn(text, Types.VARCHAR, 0, 0);
    }
    entries.forEach(entry -> rows.addRow(row(entry)));
    return rows;
  }

  private static Object[] row(HistoryEntry entry) {
    String end = entry.end().name().toLowerCase(Locale.ROOT);
    return new Object[] {
      entry.facts().at().truncatedTo(ChronoUnit.SECONDS).toString(),
      entry.facts().user(),
      entry.facts().client(),
      entry.facts().workload().type().id(),
      entry.engine().map(Engine::id).orElse(null),
      entry.engine().isPresent() ? entry.predicted().toMillis() : null,
      entry.elapsed().toMillis(),
      entry.run().map(run -> run.took().toMillis()).orElse(null),
      boxed(entry.facts().bytes()),
      entry.rows(),
      entry.errorCode().isEmpty() ? end : end + ": " + entry.errorCode(),
      entry.failedAttempts().stream()
          .map(HistoryCommand::inWords)
          .collect(Collectors.joining("; ")),
      entry.facts().realUser(),
      entry.facts().address(),
      entry.facts().fingerprint(),
      entry.text()
    };
  }

  private static String inWords(HistoryEntry.FailedAttempt attempt) {
    return "%s: %s (%s) %s"
        .formatted(attempt.engine().id(), attempt.code(), attempt.sqlState(), attempt.message())
        .strip();
  }

  private static Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
