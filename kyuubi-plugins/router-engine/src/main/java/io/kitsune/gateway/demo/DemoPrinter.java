// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.demo;

import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.Veto;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi;

/** Prints a line for each step: engine, time, rows, title, and why on the next. */
public final class DemoPrinter {
  private static final int SHOWN_ROWS = 20;

  private final PrintWriter out;
  private final Ansi ansi;
  private final Runnable clear;

  /**
   * A printer.
   *
   * @param ansi whether there are colours
   * @param clear takes away a progress line before another line is printed
   */
  public DemoPrinter(PrintWriter out, Ansi ansi, Runnable clear) {
    this.out = out;
    this.ansi = ansi;
    this.clear = clear;
  }

  void finished(String title, RoutingDecision decision, long nanos, List<List<String>> rows) {
    clear.run();
    Engine engine = decision.chosen().engine();
    line("green", engine.id(), nanos, rows.size() + (rows.size() == 1 ? " row" : " rows"), title);
    out.println("              why: " + reason(decision));
    if (engine == Engine.GATEWAY && rows.size() > 1 && rows.get(0).size() == 4) {
      rows.stream()
          .limit(SHOWN_ROWS)
          .forEach(
              row -> out.println("              | " + String.join(" | ", row).replace('\n', ' ')));
    }
    out.flush();
  }

  void failed(String title, SQLException error) {
    clear.run();
    out.println(
        ansi.string("  @|yellow error    |@") + String.format(Locale.ROOT, "%36s", "") + title);
    out.println("              " + error.getMessage().lines().findFirst().orElse(""));
    out.flush();
  }

  void absent(String title, Engine engine, SQLException why) {
    clear.run();
    out.println(
        ansi.string("  @|yellow " + String.format(Locale.ROOT, "%-8s", engine.id()) + "|@")
            + String.format(Locale.ROOT, "%36s", "")
            + title
            + ": not on this machine");
    out.println("              why: " + why.getMessage().lines().findFirst().orElse(""));
    out.flush();
  }

  void note(String title) {
    clear.run();
    out.println("  --------                                    " + title);
    out.flush();
  }

  void unexpected(String title, String what) {
    clear.run();
    out.println(ansi.string("  @|red,bold NOT AS IT SHOULD BE|@  ") + title + ": " + what);
    out.flush();
  }

  private void line(String colour, String engine, long nanos, String rows, String title) {
    out.println(
        ansi.string("  @|" + colour + " " + String.format(Locale.ROOT, "%-8s", engine) + "|@")
            + String.format(
                Locale.ROOT,
                " %,9d ms  %-12s         %s",
                TimeUnit.NANOSECONDS.toMillis(nanos),
                rows,
                title));
  }

  /** Why Spark: what kept the fastest engine away. Why another: the prediction. */
  private static String reason(RoutingDecision decision) {
    if (decision.chosen().engine() == Engine.SPARK) {
      for (Veto veto : decision.vetoes()) {
        if (veto.engine() == Engine.DUCKDB) {
          return "DuckDB cannot: " + veto.construct() + ": " + veto.reason();
        }
      }
    }
    return decision.chosen().reason();
  }
}
