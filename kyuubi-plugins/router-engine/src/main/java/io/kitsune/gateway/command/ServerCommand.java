// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.assembly.RouterEngine;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jline.utils.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kitsune server}: the router engine, until it is told to stop. */
@Command(
    name = "server",
    description = {
      "Runs the router engine.",
      "SIGTERM, 'kitsune drain' and the deletion of its entry in ZooKeeper let the open sessions finish first; Ctrl-C stops it at once."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LakeOptions lake;

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "The port to listen on; 0 takes a free one (default: kitsune.frontend.port, 10009).")
  private Integer port;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, String> decided = new TreeMap<>();
    if (port != null) {
      decided.put("kitsune.frontend.port", Integer.toString(port));
    }
    KitsuneConfiguration configuration = lake.load(decided);
    Logging.start(configuration.home(), Logging.Console.INFO);
    RouterEngine engine;
    try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr())) {
      engine = RouterEngine.start(configuration, StatementListener.NONE, progress);
    }
    Thread stop = new Thread(engine::close, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    Object unused = Signals.register("TERM", () -> new Thread(engine::drain, "drain").start());
    out.println("Kitsune " + VersionProvider.version() + " listens on " + engine.address());
    out.println("  home    " + configuration.home());
    out.println("  connect bin/kitsune sql --url " + engine.jdbcUrl("default"));
    engine
        .restPort()
        .ifPresent(
            rest ->
                out.println(
                    "  rest    http://%s:%d/api/v1".formatted(configuration.restHost(), rest)));
    out.flush();
    try (WrittenStanding standing = WrittenStanding.start(engine, configuration.home())) {
      engine.awaitStopped();
    }
    ShutdownHooks.remove(stop);
    engine.close();
    return ExitCode.OK;
  }
}
