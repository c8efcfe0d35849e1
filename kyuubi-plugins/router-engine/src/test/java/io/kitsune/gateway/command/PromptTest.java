// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prompt at a terminal whose keys the test presses. */
class PromptTest {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final char CTRL_D = 4;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private PipedOutputStream keys;
  private Terminal terminal;
  private Connection connection;
  private StatementRunner runner;
  private Future<Integer> prompt;

  @BeforeEach
  void open() throws Exception {
    keys = new PipedOutputStream();
    terminal =
        TerminalBuilder.builder()
            .name("test")
            .system(false)
            .type("ansi")
            .encoding(UTF_8)
            .streams(new PipedInputStream(keys), screen)
            .build();
    terminal.setSize(new Size(120, 40));
    connection = DriverManager.getConnection("jdbc:duckdb:");
    PrintWriter messages = new PrintWriter(out, true);
    runner =
        new StatementRunner(
            connection,
            OutputFormat.CSV.printer(messages),
            messages,
            StatementRunner.LogLines.WHEN_SLOW);
    prompt =
        thread.submit(() -> new Prompt(runner, messages, folder.resolve("history")).run(terminal));
    await().atMost(SOON).until(() -> screen.toString(UTF_8).contains("kitsune> "));
  }

  @AfterEach
  void close() throws Exception {
    terminal.close();
    thread.shutdownNow();
    assertThat(thread.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    runner.close();
    connection.close();
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(UTF_8));
    keys.flush();
  }

  private int end() throws Exception {
    return prompt.get(60, TimeUnit.SECONDS);
  }

  @Test
  void aStatementGoesOnUntilItsSemicolon() throws Exception {
    type("SELECT 1 AS one,\n';' AS sign;\nexit\n");

    assertThat(end()).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("\"one\",\"sign\"", "\"1\",\";\"", "1 row in ");
  }

  @Test
  void anErrorDoesNotEndItAndCtrlDDoes() throws Exception {
    type("SELEC 1;\nSELECT 3 AS three;\n");
    await().atMost(SOON).until(() -> out.toString().contains("three"));
    assertThat(out.toString()).contains("SELEC");
    type(String.valueOf(CTRL_D));

    assertThat(end()).isEqualTo(ExitCode.OK);
  }
}
