// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.demo;

import io.kitsune.engine.ProgressListener;
import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.StatementReport;
import io.kitsune.gateway.demo.DemoStep.Fails;
import io.kitsune.gateway.demo.DemoStep.Redirect;
import io.kitsune.gateway.demo.DemoStep.Succeeds;
import io.kitsune.gateway.demo.DemoStep.WhereItCan;
import io.kitsune.router.RoutingDecision;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Runs the demo's steps as a client does, through JDBC, and checks each against what it should come
 * to. One run at a time.
 */
public final class Demo {
  private static final long REPORT_LIMIT_SECONDS = 30;

  /** In the codes of engines that cannot be started, or not be chosen. */
  private static final String ENGINE_ERRORS = "ENGINE_";

  private final Connection client;
  private final Reports reports;
  private final BiConsumer<String, String> redirect;
  private final DemoPrinter printer;
  private final ProgressListener progress;
  private final BooleanSupplier interrupted;
  private final Map<String, List<List<String>>> answers = new HashMap<>();

  /**
   * A demo over one connection.
   *
   * @param reports registered as the gateway's listener
   * @param redirect makes the first table's name mean the second
   * @param progress told what a statement that takes long is waiting for
   * @param interrupted true once the gateway is being stopped: nothing is judged any more
   */
  public Demo(
      Connection client,
      Reports reports,
      BiConsumer<String, String> redirect,
      DemoPrinter printer,
      ProgressListener progress,
      BooleanSupplier interrupted) {
    this.client = client;
    this.reports = reports;
    this.redirect = redirect;
    this.printer = printer;
    this.progress = progress;
    this.interrupted = interrupted;
  }

  /** What the gateway says of each statement, in order. Thread-safe. */
  public static final class Reports implements StatementListener {
    private final LinkedBlockingQueue<StatementReport> queue = new LinkedBlockingQueue<>();

    @Override
    public void finished(StatementReport report) {
      queue.add(report);
    }

    private StatementReport next(String sql) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(REPORT_LIMIT_SECONDS);
      while (true) {
        StatementReport report = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (report == null) {
          throw new IllegalStateException("the gateway never reported the statement: " + sql);
        }
        if (report.text().equals(sql)) {
          return report;
        }
      }
    }
  }

  /** The texts of the steps that only read, for a lake where the demo has run. */
  public static List<String> queries() {
    return DemoScript.steps().stream()
        .filter(Succeeds.class::isInstance)
        .map(step -> ((Succeeds) step).sql())
        .filter(sql -> sql.startsWith("SELECT") || sql.startsWith("SHOW"))
        .toList();
  }

  /** Creates the tables over the TPC-H files below {@code data}. */
  public void prepare(Path data) throws SQLException {
    for (String sql : DemoScript.preparation(data)) {
      try (Statement statement = client.createStatement();
          StatementLog log = StatementLog.follow(statement, progress)) {
        statement.execute(sql);
      }
    }
  }

  /** Runs every step, until it is interrupted; true if each was as it should be. */
  public boolean run() throws InterruptedException {
    boolean good = true;
    for (DemoStep step : DemoScript.steps()) {
      good &= run(step);
      if (interrupted.getAsBoolean()) {
        return false;
      }
    }
    return good;
  }

  private boolean run(DemoStep step) throws InterruptedException {
    if (step instanceof Succeeds succeeds) {
      return succeeds(succeeds);
    }
    if (step instanceof Fails fails) {
      return fails(fails);
    }
    if (step instanceof WhereItCan optional) {
      return whereItCan(optional);
    }
    Redirect move = (Redirect) step;
    redirect.accept(move.source(), move.target());
    printer.note(move.title());
    return true;
  }

  /** An engine that is not to be had here is said to be so, and no fault of the demo's. */
  private boolean whereItCan(WhereItCan optional) throws InterruptedException {
    try {
      execute(optional.start());
    } catch (SQLException e) {
      if (e.getMessage() == null || !e.getMessage().contains(ENGINE_ERRORS)) {
        unexpected(optional.title(), e.getMessage());
        return false;
      }
      if (!interrupted.getAsBoolean()) {
        printer.absent(optional.title(), optional.step().engine(), e);
      }
      return true;
    }
    return succeeds(optional.step());
  }

  private boolean succeeds(Succeeds step) throws InterruptedException {
    long start = System.nanoTime();
    List<List<String>> rows;
    try {
      rows = execute(step.sql());
    } catch (SQLException e) {
      unexpected(step.title(), e.getMessage());
      return false;
    }
    long time = System.nanoTime() - start;
    answers.put(step.title(), rows);
    List<RoutingDecision> decision = reports.next(step.sql()).decision();
    if (decision.isEmpty()) {
      unexpected(step.title(), "no decision was reported");
      return false;
    }
    printer.finished(step.title(), decision.get(0), time, rows);
    if (decision.get(0).chosen().engine() != step.engine()) {
      unexpected(step.title(), "it should have run on " + step.engine().id());
      return false;
    }
    if (step.sameAnswerAs().isPresent() && !answers.get(step.sameAnswerAs().get()).equals(rows)) {
      unexpected(step.title(), "the answer is not that of: " + step.sameAnswerAs().get());
      return false;
    }
    return true;
  }

  private boolean fails(Fails step) {
    try {
      execute(step.sql());
    } catch (SQLException e) {
      boolean clear = e.getMessage() != null && e.getMessage().contains(step.mention());
      if (clear) {
        printer.failed(step.title(), e);
      } else {
        unexpected(
            step.title(), "the error does not name " + step.mention() + ": " + e.getMessage());
      }
      return clear;
    }
    unexpected(step.title(), "it should have failed");
    return false;
  }

  private void unexpected(String title, String what) {
    if (!interrupted.getAsBoolean()) {
      printer.unexpected(title, what);
    }
  }

  private List<List<String>> execute(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = client.createStatement();
        StatementLog log = StatementLog.follow(statement, progress)) {
      if (statement.execute(sql)) {
        try (ResultSet result = statement.getResultSet()) {
          int width = result.getMetaData().getColumnCount();
          while (result.next()) {
            List<String> row = new ArrayList<>(width);
            for (int i = 1; i <= width; i++) {
              row.add(result.getString(i));
            }
            rows.add(row);
          }
        }
      }
    }
    return rows;
  }
}
