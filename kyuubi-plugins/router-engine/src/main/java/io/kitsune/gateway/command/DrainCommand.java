// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.assembly.RouterEngine.Standing;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kitsune drain}: tells a running server to leave, and shows how far it is. */
@Command(
    name = "drain",
    description = {
      "Takes a running server out of service: it is removed from ZooKeeper, takes no new sessions, and stops when the open ones are closed, or after kitsune.drain.timeout.",
      "It sends SIGTERM to the server of this home, so it must be run by the same user on the same machine."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DrainCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Beyond the server's own limit: its last grace, and stopping its engines. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Spec private CommandSpec spec;
  @Mixin private LakeOptions lake;

  @Option(
      names = "--pid",
      paramLabel = "N",
      description = "Which server, where several run on one home.")
  private Long pid;

  @Option(names = "--no-wait", description = "Returns at once, and lets the server log the rest.")
  private boolean noWait;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    KitsuneConfiguration configuration = lake.load();
    Path home = configuration.home();
    ServerFile server = server(home);
    ProcessHandle process = server.process().orElseThrow(() -> notRunning(home));
    if (!process.destroy()) {
      throw new KitsuneException(
          "SERVER_SIGNAL_REFUSED",
          "42501",
          "process %d takes no signal from this user; run this as the user who started the server"
              .formatted(server.pid()));
    }
    out.println("draining " + server.address() + ", process " + server.pid());
    if (noWait) {
      return ExitCode.OK;
    }
    return watch(server, process, home, configuration.drainTimeout().plus(PATIENCE), out);
  }

  private ServerFile server(Path home) {
    List<ServerFile> servers =
        ServerFile.alive(home).stream().filter(each -> pid == null || each.pid() == pid).toList();
    if (servers.isEmpty()) {
      throw notRunning(home);
    }
    if (servers.size() > 1) {
      throw new KitsuneException(
          "CONFIG_SERVER_AMBIGUOUS",
          "F0000",
          "several servers run on %s; say which by --pid: %s"
              .formatted(
                  home,
                  servers.stream()
                      .map(each -> "%d (%s)".formatted(each.pid(), each.address()))
                      .collect(Collectors.joining(", "))));
    }
    return servers.get(0);
  }

  private KitsuneException notRunning(Path home) {
    return new KitsuneException(
        "SERVER_NOT_RUNNING",
        "08001",
        pid == null
            ? "no server runs on %s; name another home by --home".formatted(home)
            : "no server with the process id %d runs on %s".formatted(pid, home));
  }

  /** Until the process is gone. */
  private int watch(
      ServerFile server, ProcessHandle process, Path home, Duration limit, PrintWriter out)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    Optional<Standing> shown = Optional.empty();
    while (!ended(process)) {
      Optional<Standing> now = server.again(home).map(ServerFile::standing);
      if (now.isPresent() && !now.equals(shown)) {
        out.printf(
            "  %d sessions open, %d statements running%n",
            now.get().sessions(), now.get().statements());
        out.flush();
        shown = now;
      }
      if (System.nanoTime() > deadline) {
        out.println("process " + server.pid() + " still runs after " + limit);
        return ExitCode.FAILED;
      }
    }
    out.println("stopped");
    return ExitCode.OK;
  }

  private static boolean ended(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
