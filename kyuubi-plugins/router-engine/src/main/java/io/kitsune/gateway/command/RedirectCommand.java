// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.TableName;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.Redirection;
import io.kitsune.redirection.store.RedirectionChange;
import io.kitsune.redirection.store.RedirectionEntry;
import io.kitsune.redirection.store.RedirectionStore;
import io.kitsune.router.reading.TableNames;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kitsune redirect}: which names mean another table. */
@Command(
    name = "redirect",
    description =
        "Adds, lists, shows, changes and removes redirections; a running server sees them with its next statement.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RedirectCommand.Add.class,
      RedirectCommand.ListAll.class,
      RedirectCommand.Show.class,
      RedirectCommand.ChangePhase.class,
      RedirectCommand.Remove.class
    })
final class RedirectCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private LakeOptions lake;

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }

  private RedirectionStore open() {
    return RedirectionStore.open(lake.load().redirectionStore());
  }

  private static String operator() {
    return System.getProperty("user.name");
  }

  /** A name of two parts is the Metastore's. */
  private static TableName name(String text) {
    List<String> parts = TableNames.parse(text);
    return switch (parts.size()) {
      case 2 -> TableName.of(Catalogs.SESSION_CATALOG, parts.get(0), parts.get(1));
      case 0, 1 ->
          throw new KitsuneException(
              "CONFIG_VALUE_INVALID",
              "F0000",
              "a table's name is DATABASE.TABLE or CATALOG.NAMESPACE.TABLE, not " + text);
      default -> {
        int last = parts.size() - 1;
        yield new TableName(parts.get(0), parts.subList(1, last), parts.get(last));
      }
    };
  }

  private static RedirectionEntry find(RedirectionStore store, TableName source) {
    return store
        .find(source)
        .orElseThrow(
            () ->
                new KitsuneException(
                    "REDIRECTION_NOT_FOUND", "42704", source + " is not redirected"));
  }

  private static String line(Redirection redirection) {
    return "%s -> %s  %s since %s"
        .formatted(
            redirection.source(),
            redirection.target(),
            redirection.phase().id(),
            redirection.changed());
  }

  /** {@code redirect add}. */
  @Command(name = "add", description = "Adds a redirection.", mixinStandardHelpOptions = true)
  static final class Add implements Runnable {
    @Spec private CommandSpec spec;
    @ParentCommand private RedirectCommand parent;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The Hive table's name.")
    private String source;

    @Parameters(index = "1", paramLabel = "TARGET", description = "The Iceberg table's name.")
    private String target;

    @Option(
        names = "--phase",
        paramLabel = "PHASE",
        description =
            "Where the migration stands: ${COMPLETION-CANDIDATES} (default: planned). Reads and writes go to the target from migrated on.")
    private Phase phase = Phase.PLANNED;

    @Override
    public void run() {
      try (RedirectionStore store = parent.open()) {
        RedirectionEntry added = store.add(name(source), name(target), phase, operator());
        spec.commandLine().getOut().println(line(added.redirection()));
      }
    }
  }

  /** {@code redirect list}. */
  @Command(name = "list", description = "Lists every redirection.", mixinStandardHelpOptions = true)
  static final class ListAll implements Runnable {
    @Spec private CommandSpec spec;
    @ParentCommand private RedirectCommand parent;

    @Override
    public void run() {
      try (RedirectionStore store = parent.open()) {
        store
            .list()
            .forEach(entry -> spec.commandLine().getOut().println(line(entry.redirection())));
      }
    }
  }

  /** {@code redirect show}. */
  @Command(
      name = "show",
      description = "Shows a redirection and its history.",
      mixinStandardHelpOptions = true)
  static final class Show implements Runnable {
    @Spec private CommandSpec spec;
    @ParentCommand private RedirectCommand parent;

    @Parameters(paramLabel = "SOURCE", description = "The Hive table's name.")
    private String source;

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      try (RedirectionStore store = parent.open()) {
        Redirection redirection = find(store, name(source)).redirection();
        out.println(RedirectCommand.line(redirection));
        out.println("  reads go to " + side(redirection, redirection.phase().reads()));
        out.println("  writes go to " + side(redirection, redirection.phase().writes()));
        store.history(name(source)).forEach(change -> out.println("  " + changeLine(change)));
      }
    }

    private static String side(Redirection redirection, Phase.Side side) {
      return switch (side) {
        case SOURCE -> redirection.source().toString();
        case TARGET -> redirection.target().toString();
        case NEITHER -> "neither: they are refused in this phase";
      };
    }

    private static String changeLine(RedirectionChange change) {
      String what;
      if (change instanceof RedirectionChange.Added added) {
        what = "added as " + added.phase().id() + " to " + added.target();
      } else if (change instanceof RedirectionChange.Moved moved) {
        what = moved.from().id() + " -> " + moved.to().id();
      } else {
        what = "removed";
      }
      return change.at() + "  " + what + " by " + change.by();
    }
  }

  /** {@code redirect phase}. */
  @Command(
      name = "phase",
      description = "Moves a migration to another phase.",
      mixinStandardHelpOptions = true)
  static final class ChangePhase implements Runnable {
    @Spec private CommandSpec spec;
    @ParentCommand private RedirectCommand parent;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The Hive table's name.")
    private String source;

    @Parameters(
        index = "1",
        paramLabel = "PHASE",
        description = "The next phase: ${COMPLETION-CANDIDATES}.")
    private Phase phase;

    @Override
    public void run() {
      try (RedirectionStore store = parent.open()) {
        RedirectionEntry entry = find(store, name(source));
        RedirectionEntry moved =
            store.changePhase(name(source), entry.version(), phase, operator());
        spec.commandLine().getOut().println(line(moved.redirection()));
      }
    }
  }

  /** {@code redirect remove}. */
  @Command(
      name = "remove",
      description =
          "Removes a redirection: the name means its own table again. Its history is kept.",
      mixinStandardHelpOptions = true)
  static final class Remove implements Runnable {
    @Spec private CommandSpec spec;
    @ParentCommand private RedirectCommand parent;

    @Parameters(paramLabel = "SOURCE", description = "The Hive table's name.")
    private String source;

    @Override
    public void run() {
      try (RedirectionStore store = parent.open()) {
        RedirectionEntry entry = find(store, name(source));
        store.remove(name(source), entry.version(), operator());
        spec.commandLine()
            .getOut()
            .println(
                "%s is redirected no more (it was %s, to %s)"
                    .formatted(
                        entry.redirection().source(),
                        entry.redirection().phase().id(),
                        entry.redirection().target()));
      }
    }
  }
}
