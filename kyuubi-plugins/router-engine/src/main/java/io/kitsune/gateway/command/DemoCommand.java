// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.TableName;
import io.kitsune.gateway.assembly.RouterEngine;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.demo.Demo;
import io.kitsune.gateway.demo.DemoPrinter;
import io.kitsune.gateway.demo.TpchData;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.store.RedirectionStore;
import io.kitsune.router.reading.TableNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kitsune demo}: a lake with TPC-H in it, a dozen statements, and an address to try. */
@Command(
    name = "demo",
    description =
        "Loads TPC-H into a lake of its own, runs a dozen statements with the reason for each route, and leaves the address up.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--exit",
      description = "Stop after the statements; exit code 0 only if every one was as it should be.")
  private boolean exit;

  @Option(
      names = "--scale",
      paramLabel = "FACTOR",
      defaultValue = "0.1",
      description = "TPC-H's scale factor (default: 0.1, about 35 MB of Parquet).")
  private double scale;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "Where programs are kept between runs; the demo's lake is a folder in it, made anew each time (default: ~/.kitsune).")
  private Path home = Path.of(System.getProperty("user.home"), ".kitsune");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "10009",
      description = "The port of the address; with --exit a free one is taken.")
  private int port;

  private volatile boolean interrupted;

  @Override
  public Integer call() throws SQLException, IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    TpchData tpch = new TpchData(scale);
    Path folder = home.toAbsolutePath().normalize();
    Path lake = folder.resolve("demo");
    try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr())) {
      Path data = folder.resolve(String.format(Locale.ROOT, "demo-data/tpch-%s", scale));
      progress.progress("generating TPC-H at scale " + scale);
      tpch.write(data, progress);
      DemoFolder.renew(lake);
      Demo.Reports reports = new Demo.Reports();
      Logging.start(lake, Logging.Console.ERROR);
      RouterEngine engine = RouterEngine.start(configuration(folder, lake), reports, progress);
      Thread stop = new Thread(() -> interrupt(engine), "stop");
      Runtime.getRuntime().addShutdownHook(stop);
      try {
        boolean good = run(engine, reports, data, progress, out);
        if (!exit) {
          invite(engine, out);
          engine.awaitStopped();
        }
        return good ? ExitCode.OK : ExitCode.FAILED;
      } catch (SQLException | RuntimeException e) {
        if (interrupted) {
          // What was under way failed because everything is being stopped.
          return ExitCode.FAILED;
        }
        throw e;
      } finally {
        ShutdownHooks.remove(stop);
        engine.close();
      }
    }
  }

  /** On Ctrl-C; the process then ends with 130. */
  private void interrupt(RouterEngine engine) {
    interrupted = true;
    engine.close();
  }

  private boolean run(
      RouterEngine engine, Demo.Reports reports, Path data, ProgressLine progress, PrintWriter out)
      throws SQLException, InterruptedException {
    RemoteEndpoint endpoint =
        new RemoteEndpoint(engine.jdbcUrl("default"), System.getProperty("user.name"), "");
    try (Connection client = endpoint.connect()) {
      Demo demo =
          new Demo(
              client,
              reports,
              (source, target) -> redirect(engine.redirections(), source, target),
              new DemoPrinter(out, Ansi.AUTO, progress::close),
              progress,
              () -> interrupted);
      progress.progress("creating the tables; the first statement for Spark starts it");
      demo.prepare(data);
      progress.close();
      return demo.run();
    }
  }

  private static void redirect(RedirectionStore store, String source, String target) {
    store.add(name(source), name(target), Phase.MIGRATED, System.getProperty("user.name"));
  }

  private static TableName name(String text) {
    List<String> parts = TableNames.parse(text);
    return TableName.of(Catalogs.SESSION_CATALOG, parts.get(0), parts.get(1));
  }

  private KitsuneConfiguration configuration(Path folder, Path lake) {
    return KitsuneConfiguration.load(
        Optional.empty(),
        Map.of(
            "kitsune.home",
            lake.toString(),
            "kitsune.cache-directory",
            folder.resolve("programs").toString(),
            "kitsune.frontend.port",
            exit ? "0" : Integer.toString(port),
            "kitsune.rest.port",
            "0"));
  }

  private static void invite(RouterEngine engine, PrintWriter out) {
    out.println();
    out.println("The address stays up until Ctrl-C:");
    out.println(
        "  beeline -u '" + engine.jdbcUrl("tpch").replace("jdbc:kyuubi:", "jdbc:hive2:") + "'");
    out.println("  bin/kitsune sql --url " + engine.jdbcUrl("tpch"));
    out.println(
        "  python: from pyhive import hive; hive.connect('127.0.0.1', %d, database='tpch')"
            .formatted(engine.port()));
    out.flush();
  }
}
