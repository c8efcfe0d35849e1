// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.router.history.HistoryFilter;
import io.kitsune.router.history.HistoryStore;
import io.kitsune.router.policy.Policy;
import io.kitsune.router.policy.PolicyTrial;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.h2.tools.SimpleResultSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code kitsune policy}: rules before they count. */
@Command(
    name = "policy",
    description = "Checks a policy, or tries it on the statements of the history.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PolicyCommand.Check.class, PolicyCommand.Test.class})
final class PolicyCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private LakeOptions lake;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The policy (default: kitsune.policy.file of the configuration).")
  private Path file;

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }

  private Policy policy(KitsuneConfiguration configuration) {
    return configuration
        .policy(Optional.ofNullable(file).map(Path::toAbsolutePath).map(Path::normalize))
        .orElseThrow(
            () ->
                new KitsuneException(
                    "CONFIG_KEY_MISSING",
                    "F0000",
                    "there is no policy: name one by --file, or set kitsune.policy.file"));
  }

  /** {@code policy check}. */
  @Command(
      name = "check",
      description = "Reads the policy and lists its rules in the order in which they count.",
      mixinStandardHelpOptions = true)
  static final class Check implements Runnable {
    @Spec private CommandSpec spec;
    @ParentCommand private PolicyCommand parent;

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      Policy policy = parent.policy(parent.lake.load());
      policy
          .rules()
          .forEach(
              rule ->
                  out.println(
                      "%s  %s: %s, because %s"
                          .formatted(
                              rule.place(), rule.name(), rule.action().text(), rule.because())));
      out.println("The policy is valid. Rules: %d".formatted(policy.rules().size()));
    }
  }

  /** {@code policy test}. */
  @Command(
      name = "test",
      description =
          "Says for each rule how many statements of the history it would have matched, moved to another engine, and rejected.",
      mixinStandardHelpOptions = true)
  static final class Test implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @ParentCommand private PolicyCommand parent;

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "The newest so many statements (default: ${DEFAULT-VALUE}).")
    private int limit = 100_000;

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
      KitsuneConfiguration configuration = parent.lake.load();
      Policy policy = parent.policy(configuration);
      PolicyTrial trial;
      try (HistoryStore history = HistoryStore.open(configuration.redirectionStore())) {
        trial = PolicyTrial.of(policy, history.list(HistoryFilter.newest(limit)));
      }
      PrintWriter out = spec.commandLine().getOut();
      try (ResultSet rows = rows(trial)) {
        format.printer(out).print(rows);
      }
      if (format == OutputFormat.TABLE) {
        out.println(
            "Statements judged: %d. Left out, since they came to no decision: %d."
                .formatted(trial.judged(), trial.skipped()));
      }
      return ExitCode.OK;
    }
  }

  private static ResultSet rows(PolicyTrial trial) {
    SimpleResultSet rows = new SimpleResultSet();
    // Else it forgets its columns behind the last row.
    rows.setAutoClose(false);
    rows.addColumn("rule", Types.VARCHAR, 0, 0);
    rows.addColumn("then", Types.VARCHAR, 0, 0);
    for (String number : List.of("matched", "changed", "rejected")) {
      rows.addColumn(number, Types.BIGINT, 0, 0);
    }
    rows.addColumn("examples", Types.VARCHAR, 0, 0);
    for (PolicyTrial.Outcome outcome : trial.outcomes()) {
      rows.addRow(
          outcome.rule().name(),
          outcome.rule().action().text(),
          outcome.matched(),
          outcome.changed(),
          outcome.rejected(),
          String.join("\n", outcome.examples()));
    }
    return rows;
  }
}
