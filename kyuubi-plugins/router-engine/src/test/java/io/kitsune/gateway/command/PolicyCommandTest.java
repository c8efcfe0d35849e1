// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.redirection.store.StoreLocation;
import io.kitsune.router.Engine;
import io.kitsune.router.StatementFacts;
import io.kitsune.router.Workload;
import io.kitsune.router.history.HistoryEntry;
import io.kitsune.router.history.HistoryEntry.Considered;
import io.kitsune.router.history.HistoryEntry.End;
import io.kitsune.router.history.HistoryEntry.EngineRun;
import io.kitsune.router.history.HistoryEntry.FailedAttempt;
import io.kitsune.router.history.HistoryStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kitsune history} and {@code kitsune policy} on a history of two statements. */
class PolicyCommandTest {
  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path configuration;
  private Path policy;

  @BeforeEach
  void history() throws IOException {
    policy = home.resolve("policy.yaml");
    configuration =
        Files.writeString(
            home.resolve("kitsune.properties"),
            "kitsune.policy.file=%s\nkitsune.groups.analysts=ann, bob\n".formatted(policy));
    try (HistoryStore store =
        HistoryStore.open(new StoreLocation.EmbeddedFile(home.resolve("state")))) {
      store.append(
          List.of(entry("ann", OptionalLong.of(6L << 40)), entry("eve", OptionalLong.empty())));
    }
  }

  private static HistoryEntry entry(String user, OptionalLong bytes) {
    return new HistoryEntry(
        0,
        new StatementFacts(
            Instant.parse("2026-03-02T10:00:00Z"),
            "00ff00ff00ff00ff",
            user,
            "proxy",
            "192.0.2.17",
            "",
            "query",
            new Workload(Workload.Type.EXPLORATION, ""),
            List.of("lake.sales.orders"),
            bytes,
            OptionalLong.empty(),
            Optional.of(false)),
        "select * from t where x = ?",
        Optional.of(Engine.SPARK),
        Duration.ofMillis(7),
        Duration.ofMillis(9),
        5,
        End.FINISHED,
        "",
        List.of(new Considered(Engine.SPARK, Duration.ofMillis(7))),
        List.of(),
        List.of(
            new FailedAttempt(Engine.DUCKDB, "ENGINE_OUT_OF_MEMORY", "53200", "It ran out."),
            new FailedAttempt(Engine.TRINO, "ENGINE_FAILED", "22003", "")),
        Optional.of(new EngineRun(Duration.ofMillis(8), 1)));
  }

  private int run(String... arguments) {
    List<String> all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", home.toString(), "--config", configuration.toString()));
    return Kitsune.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private void rules(String rules) throws IOException {
    Files.writeString(policy, "version: 1\nrules:\n" + rules);
  }

  @Test
  void listsTheHistory() {
    assertThat(run("history", "list", "--user", "ann", "--format", "csv")).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            "time","user","client","workload","engine","predicted_ms","elapsed_ms","engine_ms","scanned_bytes","rows","end","failed_attempts","real_user","address","fingerprint","text"
            "2026-03-02T10:00:00Z","ann","","exploration","spark","7","9","8","6597069766656","5","finished","duckdb: ENGINE_OUT_OF_MEMORY (53200) It ran out.; trino: ENGINE_FAILED (22003)","proxy","192.0.2.17","00ff00ff00ff00ff","select * from t where x = ?"
            """);
    assertThat(run("history", "list", "--engine", "duckdb", "--format", "json")).isZero();
    assertThat(run("history", "list")).isZero();
    assertThat(run("history", "list", "--limit", "0")).isEqualTo(2);
  }

  @Test
  void triesAPolicyOnTheHistory() throws IOException {
    rules(
        """
          - {name: large, when: bytes > 5 TiB and groups has 'analysts', then: reject, because: r}
          - {name: lake, when: tables has 'lake.*', then: forbid spark, because: r}
        """);

    int code = run("policy", "test", "--format", "csv");
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            "rule","then","matched","changed","rejected","examples"
            "large","reject","1","1","1","select * from t where x = ?"
            "lake","forbid spark","2","2","0","select * from t where x = ?"
            """);
    int table = run("policy", "test");
    assertThat(err.toString()).isEmpty();
    assertThat(table).isZero();
    assertThat(out.toString()).contains("Statements judged: 2.");
  }

  @Test
  void checksAPolicy() throws IOException {
    rules("  - {name: large, when: bytes > 5 TiB, then: reject, because: too much}\n");
    assertThat(run("policy", "check")).isZero();
    assertThat(out.toString())
        .contains("policy.yaml:3  large: reject, because too much")
        .contains("valid. Rules: 1");

    rules("  - {name: large, when: bites > 5 TiB, then: reject, because: too much}\n");
    assertThat(run("policy", "check")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("line 3, column 25: there is no fact bites");
  }
}
