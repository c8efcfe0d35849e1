// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.kitsune.engine.supply.DaemonTimer;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that nobody was told of: their statement was cancelled, or failed, while Flink was starting
 * them. Flink may start one even after its statement was closed, so each is looked for for a while,
 * ever less often, and ended when it turns up. They are not kept on disk: a Flink started here ends
 * with the gateway, and they with it. Thread-safe.
 */
final class UnwantedJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UnwantedJobs.class);
  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PERIOD_SECONDS = 1;

  private final Duration answer;
  private final Map<String, Unwanted> jobs = new ConcurrentHashMap<>();
  private final ScheduledExecutorService watch = DaemonTimer.named("flink-unwanted-jobs");

  /** A job, where it would run, since when it is looked for, and how often it was. */
  private record Unwanted(String id, RunningServer<GatewayAddress> server, long since, int looks) {
    boolean overdue() {
      return age() > PATIENCE.toNanos();
    }

    boolean due() {
      return age() >= TimeUnit.SECONDS.toNanos((1L << looks) - 1);
    }

    private long age() {
      return System.nanoTime() - since;
    }

    Unwanted looked() {
      return new Unwanted(id, server, since, looks + 1);
    }
  }

  /**
   * None yet.
   *
   * @param answer how long one question to Flink may take
   */
  UnwantedJobs(Duration answer) {
    this.answer = answer;
    var unused =
        watch.scheduleWithFixedDelay(this::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends that job if it runs, or as soon as it does. */
  void add(String id, RunningServer<GatewayAddress> server) {
    jobs.put(id, new Unwanted(id, server, System.nanoTime(), 0));
  }

  private void look() {
    Set<RunningServer<GatewayAddress>> servers = new HashSet<>();
    jobs.values().stream().filter(Unwanted::due).forEach(job -> servers.add(job.server()));
    servers.forEach(this::look);
  }

  private void look(RunningServer<GatewayAddress> server) {
    List<Unwanted> there = jobs.values().stream().filter(job -> job.server() == server).toList();
    if (!server.alive()) {
      there.forEach(job -> jobs.remove(job.id()));
      return;
    }
    try (ServiceSession session =
        ServiceSession.open(new GatewayClient(server, answer), List.of())) {
      Map<String, String> states = new HashMap<>();
      for (JsonNode row : session.run("SHOW JOBS", Map.of(), answer)) {
        JsonNode fields = row.path("fields");
        states.put(fields.path(0).asText(), fields.path(2).asText().toUpperCase(Locale.ROOT));
      }
      there.forEach(job -> end(job, states.getOrDefault(job.id(), ""), session));
    } catch (KitsuneException e) {
      LOG.warn("It could not be seen whether cancelled jobs run in Flink: {}", e.getMessage());
      there.stream().filter(Unwanted::overdue).forEach(this::giveUp);
    }
  }

  private void end(Unwanted job, String state, ServiceSession session) {
    if (ENDED.contains(state) || (state.isEmpty() && job.overdue())) {
      jobs.remove(job.id());
    } else if (state.isEmpty() || state.equals("CANCELLING")) {
      jobs.put(job.id(), job.looked());
    } else {
      LOG.info(
          "Flink job {} runs although its statement was cancelled or failed; ending it", job.id());
      // Looked at again: a job that is just being made may not be stopped by the first try.
      session.run("STOP JOB '" + job.id() + "'", Map.of(), answer);
    }
  }

  private void giveUp(Unwanted job) {
    jobs.remove(job.id());
    LOG.error("Flink job {} may run although its statement was cancelled: see SHOW JOBS", job.id());
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
